package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Prequential.Watch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A prequential evaluation and its report.
 *
 * @param every one in this many interactions is ranked
 * @param repeats whether repeats are ranked like first interactions, or as a second figure only
 * @param seed seed of the bootstrap and the baselines
 */
record PrequentialRun(String dataset, Trace trace, int every, boolean repeats, long seed) {
    static final String RECALL = "recall@10";
    private static final String MRR = "mrr@10";
    private static final String RECALL_OF_PART = "Recall@10";
    private static final String MRR_OF_PART = "Mrr@10";
    private static final String THIN = "thinRecall@10";
    private static final String OVER_STREAM = "recall@10OverStream";
    private static final String BY_HISTORY = "recall@10ByHistory";

    /**
     * Runs the pass of the product and, concurrently, that of the baselines.
     *
     * @param field participants
     */
    Report run(ReplaySettings settings, Participants field, LongConsumer done) {
        return run(settings, field, null, done);
    }

    /**
     * Runs the pass of the product and, concurrently, that of the baselines.
     *
     * @param losses table of the blend's losses that is filled, or null
     */
    Report run(
            ReplaySettings settings,
            Participants field,
            @Nullable LossTable losses,
            LongConsumer done) {
        Moments moments = Moments.of(trace, repeats, every);
        List<Watch> watches = new ArrayList<>();
        if (!field.product().isEmpty()) {
            watches.add(Watch.of(moments, repeats, field.product()));
        }
        List<Contender> repeatable =
                field.product().stream()
                        .filter(one -> one.kind() == Scoreboard.Kind.BLEND)
                        .toList();
        boolean scoresRepeats = !repeats && trace.repeats() > 0 && !repeatable.isEmpty();
        if (scoresRepeats) {
            watches.add(Watch.of(Moments.of(trace, true, every), true, repeatable));
        }
        Prequential protocol = new Prequential(trace);
        List<Baseline> participating = new ArrayList<>();
        Callable<List<Scoreboard>> baselinePass =
                () -> {
                    List<FirstInteraction> stream =
                            trace.steps().stream().map(ReplayStep::interaction).toList();
                    participating.addAll(field.baselines(set -> set.ofStream(stream, seed)));
                    List<Scoreboard> boards =
                            new ArrayList<>(protocol.baselines(moments, repeats, participating));
                    for (Participants.Compared other : field.compared()) {
                        Watch watch = Watch.of(moments, repeats, List.of(other.blend()));
                        protocol.product(other.settings(), List.of(watch), step -> {});
                        boards.addAll(watch.boards());
                    }
                    return boards;
                };
        List<Scoreboard> baselineBoards =
                ConcurrentTasks.run(
                        baselinePass,
                        () -> {
                            if (!watches.isEmpty()) {
                                protocol.product(settings, watches, losses, done);
                            }
                        });
        List<Scoreboard> boards = new ArrayList<>();
        if (!watches.isEmpty()) {
            boards.addAll(watches.getFirst().boards());
        }
        boards.addAll(baselineBoards);
        List<Entry> entries =
                new ArrayList<>(boards.stream().map(scores -> entry(scores, moments)).toList());
        if (scoresRepeats) {
            addRepeats(entries.getFirst(), watches.getLast());
        }
        return report(moments, entries, Participants.settings(participating));
    }

    private static void addRepeats(Entry blend, Watch watch) {
        Figures figures = Part.WHOLE.of(watch.boards().getFirst(), watch.moments());
        blend.figures().put("repeatsRecall@10", figures.recall());
        blend.figures().put("repeatsMrr@10", figures.mrr());
    }

    /** Returns the results of one board over these moments. */
    Entry entry(Scoreboard scores, Moments moments) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        Figures whole = Part.WHOLE.of(scores, moments);
        Figures late = Part.LATE.of(scores, moments);
        Figures thin = Part.THIN.of(scores, moments);
        Figures fresh = Part.NEW_ITEMS.of(scores, moments);
        figures.put(RECALL, whole.recall());
        figures.put(MRR, whole.mrr());
        figures.put(THIN, thin.recall());
        figures.put("thinMrr@10", thin.mrr());
        if (repeats) {
            put(figures, "first", Part.FIRST.of(scores, moments));
            put(figures, "repeated", Part.REPEATED.of(scores, moments));
        }
        figures.put("newItemRecall@10", fresh.recall());
        figures.put("newItemMrr@10", fresh.mrr());
        figures.put("last70Recall@10", late.recall());
        figures.put("last70Mrr@10", late.mrr());
        TypeSlices types = TypeSlices.of(moments);
        types.addTo(figures, scores, moments);
        figures.put("coverage@10", scores.distinctShown() / (double) Math.max(1, trace.items()));
        figures.put("novelty@10", scores.novelty());
        SequencedMap<String, List<Double>> series = new LinkedHashMap<>();
        series.put(OVER_STREAM, Slices.overStream(moments).recalls(scores, moments));
        series.put(BY_HISTORY, Slices.byHistory(moments).recalls(scores, moments));
        return new Entry(scores.name(), scores.kind(), figures, series, measures(scores, moments));
    }

    private static void put(SequencedMap<String, Double> figures, String part, Figures ofPart) {
        figures.put(part + RECALL_OF_PART, ofPart.recall());
        figures.put(part + MRR_OF_PART, ofPart.mrr());
    }

    private List<Measure> measures(Scoreboard scores, Moments moments) {
        double[] counts = new double[trace.people()];
        double[] hits = new double[trace.people()];
        double[] reciprocals = new double[trace.people()];
        double[] thinCounts = new double[trace.people()];
        double[] thinHits = new double[trace.people()];
        for (int at = 0; at < moments.size(); at++) {
            int person = moments.person()[at];
            int hit = scores.hit(at, Prequential.DEPTH) ? 1 : 0;
            counts[person]++;
            hits[person] += hit;
            reciprocals[person] += scores.reciprocal(at, Prequential.DEPTH);
            if (Part.THIN.has(moments, at)) {
                thinCounts[person]++;
                thinHits[person] += hit;
            }
        }
        List<Measure> measures = new ArrayList<>();
        measures.add(new Measure(RECALL, Measure.Sense.GAIN, hits, counts));
        measures.add(new Measure(MRR, Measure.Sense.GAIN, reciprocals, counts));
        measures.add(new Measure(THIN, Measure.Sense.GAIN, thinHits, thinCounts));
        TypeSlices.of(moments).addTo(measures, scores, moments, trace.people());
        return measures;
    }

    private Report report(Moments moments, List<Entry> entries, List<String> baselines) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", seed);
        facts.put("events", trace.steps().size());
        facts.put("people", trace.people());
        facts.put("items", trace.items());
        facts.put("moments", moments.size());
        facts.put("everyNth", every);
        facts.put("neverSeen", Part.UNSEEN_ITEMS.count(moments));
        facts.put("thinMoments", Part.THIN.count(moments));
        facts.put("newItemMoments", Part.NEW_ITEMS.count(moments));
        facts.put("repeats", trace.repeats());
        facts.put("repeatsRanked", repeats);
        facts.put("badLines", trace.unreadLines());
        TypeSlices.of(moments)
                .counts(moments)
                .forEach((type, count) -> facts.put(type + "Moments", count));
        facts.put("momentsByHistory", Slices.byHistory(moments).counts(moments));
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        columns.put(RECALL, "Recall@10");
        columns.put(MRR, "MRR@10");
        columns.put(THIN, "thin");
        if (repeats) {
            columns.put("first" + RECALL_OF_PART, "first");
            columns.put("repeated" + RECALL_OF_PART, "repeated");
        }
        TypeSlices.of(moments)
                .types()
                .forEach(type -> columns.put(TypeSlices.recall(type), type.wireName()));
        columns.put("newItemRecall@10", "new items");
        columns.put("last70Recall@10", "last 70 %");
        columns.put("coverage@10", "coverage");
        columns.put("novelty@10", "novelty");
        SequencedMap<String, List<String>> axes = new LinkedHashMap<>();
        axes.put(OVER_STREAM, Slices.overStream(moments).labels());
        axes.put(BY_HISTORY, Slices.byHistory(moments).labels());
        return new Report(
                dataset,
                "prequential",
                facts,
                notes(moments, entries.getFirst(), baselines),
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(Bootstrap.DRAWS, seed)),
                axes);
    }

    private List<String> notes(Moments moments, Entry leading, List<String> baselines) {
        List<String> notes = new ArrayList<>();
        notes.add(
                String.format(
                        Locale.ROOT,
                        "%,d events of %,d people on %,d items, tested, then learned; %,d %s"
                                + " ranked%s.",
                        trace.steps().size(),
                        trace.people(),
                        trace.items(),
                        moments.size(),
                        repeats ? "interactions, repeats among them," : "first interactions",
                        every == 1 ? "" : ", a sample: one of " + every));
        if (trace.unreadLines() > 0) {
            notes.add("%,d lines could not be read.".formatted(trace.unreadLines()));
        }
        Double repeats = leading.figure("repeatsRecall@10");
        if (repeats != null) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "With repeats ranked too, among all items known so far: Recall@10 %.4f,"
                                    + " MRR@10 %.4f.",
                            repeats,
                            leading.figure("repeatsMrr@10")));
        }
        notes.addAll(baselines);
        return notes;
    }
}
