package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.LongConsumer;

/**
 * Progressive validation of rating prediction as in River: in time order each rating is first
 * predicted, then learned. Three quarters of MovieLens-100K's ratings share person and second with
 * another one; River keeps those in the order of its file, and so does the leading figure of this
 * class. A second pass shuffles them, as the other protocols do.
 *
 * @param ordered trace with ties in time in the order of the file
 * @param shuffled the events of {@code ordered} with ties in random order
 */
record RatingRun(String dataset, Trace ordered, Trace shuffled, long seed) {
    /** Runs both passes concurrently. */
    Report run(ReplaySettings settings, LongConsumer done) {
        List<RatingBoard> boards = new ArrayList<>();
        RatingBoard chance =
                ConcurrentTasks.run(
                        () ->
                                pass(
                                                shuffled,
                                                List.of(
                                                        new ModelRatings(
                                                                settings, shuffled.catalogue())),
                                                step -> {})
                                        .getFirst(),
                        () ->
                                boards.addAll(
                                        pass(
                                                ordered,
                                                List.of(
                                                        new ModelRatings(
                                                                settings, ordered.catalogue()),
                                                        new BiasBaseline()),
                                                done)));
        List<Entry> entries = new ArrayList<>(boards.stream().map(RatingBoard::entry).toList());
        entries.getFirst().figures().put("shuffledRmse", chance.rmse());
        entries.getFirst().figures().put("shuffledMae", chance.mae());
        return report(entries);
    }

    private static List<RatingBoard> pass(
            Trace trace, List<RatingMethod> methods, LongConsumer done) {
        List<RatingBoard> boards = new ArrayList<>();
        for (RatingMethod method : methods) {
            Scoreboard.Kind kind =
                    boards.isEmpty() ? Scoreboard.Kind.BLEND : Scoreboard.Kind.BASELINE;
            boards.add(new RatingBoard(method.name(), kind, trace.people()));
        }
        int size = trace.steps().size();
        for (int at = 0; at < size; at++) {
            ReplayStep step = trace.steps().get(at);
            for (int i = 0; i < boards.size(); i++) {
                if (step.row().stars() > 0) {
                    boards.get(i)
                            .put(
                                    step.interaction().person(),
                                    (double) at / size,
                                    methods.get(i).predict(step),
                                    step.row().stars());
                }
                methods.get(i).learn(step);
            }
            done.accept(at + 1L);
        }
        return boards;
    }

    private Report report(List<Entry> entries) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("task", "rating");
        facts.put("seed", seed);
        facts.put("events", ordered.steps().size());
        facts.put("people", ordered.people());
        facts.put("items", ordered.items());
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        columns.put(RatingBoard.RMSE, "RMSE");
        columns.put(RatingBoard.MAE, "MAE");
        List<String> slices = new ArrayList<>();
        for (int slice = 1; slice <= RatingBoard.SLICES; slice++) {
            slices.add(String.valueOf(100 * slice / RatingBoard.SLICES));
        }
        SequencedMap<String, List<String>> axes = new LinkedHashMap<>();
        axes.put(RatingBoard.OVER_STREAM, slices);
        SequencedMap<String, Double> leading = entries.getFirst().figures();
        return new Report(
                dataset,
                "rating",
                facts,
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%,d ratings of %,d people on %,d items in time order, each"
                                        + " predicted, then learned; ties in time as in the file, which"
                                        + " is River's order.",
                                ordered.steps().size(),
                                ordered.people(),
                                ordered.items()),
                        String.format(
                                Locale.ROOT,
                                "With ties shuffled: RMSE %.4f, MAE %.4f.",
                                leading.get("shuffledRmse"),
                                leading.get("shuffledMae"))),
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(Bootstrap.DRAWS, seed)),
                axes);
    }
}
