package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Prequential.Watch;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;

/**
 * A prequential evaluation: who is asked when, and what is told of it.
 *
 * @param every one of so many meetings is ranked
 * @param seed of draws and rivals
 */
record PrequentialRun(String dataset, Trace trace, int every, long seed) {
    static final String RECALL = "recall@10";
    private static final String MRR = "mrr@10";
    private static final String THIN = "thinRecall@10";
    private static final String OVER_STREAM = "recall@10OverStream";
    private static final String BY_HISTORY = "recall@10ByHistory";

    /**
     * Runs the product's pass and, beside it, the rivals'.
     *
     * @param field who takes part
     */
    Report run(ModelSettings settings, Field field, LongConsumer done) {
        Moments moments = Moments.of(trace, false, every);
        List<Watch> watches = new ArrayList<>();
        if (!field.product().isEmpty()) {
            watches.add(Watch.of(moments, false, field.product()));
        }
        List<Contender> again =
                field.product().stream()
                        .filter(one -> one.kind() == Scoreboard.Kind.BLEND)
                        .toList();
        boolean scoresRepeats = trace.repeats() > 0 && !again.isEmpty();
        if (scoresRepeats) {
            watches.add(Watch.of(Moments.of(trace, true, every), true, again));
        }
        Prequential protocol = new Prequential(trace);
        List<Baseline> opposed = new ArrayList<>();
        Callable<List<Scoreboard>> rivals =
                () -> {
                    List<FirstInteraction> stream =
                            trace.steps().stream().map(ReplayStep::interaction).toList();
                    opposed.addAll(field.rivals(baselines -> baselines.ofStream(stream, seed)));
                    return protocol.rivals(moments, opposed);
                };
        List<Scoreboard> beside =
                Beside.run(
                        rivals,
                        () -> {
                            if (!watches.isEmpty()) {
                                protocol.product(settings, watches, done);
                            }
                        });
        List<Scoreboard> boards = new ArrayList<>();
        if (!watches.isEmpty()) {
            boards.addAll(watches.getFirst().boards());
        }
        boards.addAll(beside);
        List<Entry> entries =
                new ArrayList<>(boards.stream().map(scores -> entry(scores, moments)).toList());
        if (scoresRepeats) {
            addRepeats(entries.getFirst(), watches.getLast());
        }
        return report(moments, entries, Field.settings(opposed));
    }

    private static void addRepeats(Entry blend, Watch watch) {
        Figures figures = Part.WHOLE.of(watch.boards().getFirst(), watch.moments());
        blend.figures().put("repeatsRecall@10", figures.recall());
        blend.figures().put("repeatsMrr@10", figures.mrr());
    }

    /** What is told of one board over these moments. */
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
        figures.put("newItemRecall@10", fresh.recall());
        figures.put("newItemMrr@10", fresh.mrr());
        figures.put("last70Recall@10", late.recall());
        figures.put("last70Mrr@10", late.mrr());
        figures.put("coverage@10", scores.distinctShown() / (double) Math.max(1, trace.items()));
        figures.put("novelty@10", scores.novelty());
        SequencedMap<String, List<Double>> series = new LinkedHashMap<>();
        series.put(OVER_STREAM, Slices.overStream(moments).recalls(scores, moments));
        series.put(BY_HISTORY, Slices.byHistory(moments).recalls(scores, moments));
        return new Entry(scores.name(), scores.kind(), figures, series, measures(scores, moments));
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
        return List.of(
                new Measure(RECALL, Measure.Sense.GAIN, hits, counts),
                new Measure(MRR, Measure.Sense.GAIN, reciprocals, counts),
                new Measure(THIN, Measure.Sense.GAIN, thinHits, thinCounts));
    }

    private Report report(Moments moments, List<Entry> entries, List<String> rivals) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        facts.put("seed", seed);
        facts.put("events", trace.steps().size());
        facts.put("people", trace.people());
        facts.put("items", trace.items());
        facts.put("moments", moments.size());
        facts.put("everyNth", every);
        facts.put("neverMet", Part.NEVER_MET.count(moments));
        facts.put("thinMoments", Part.THIN.count(moments));
        facts.put("newItemMoments", Part.NEW_ITEMS.count(moments));
        facts.put("repeats", trace.repeats());
        facts.put("badLines", trace.unreadLines());
        facts.put("momentsByHistory", Slices.byHistory(moments).counts(moments));
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        columns.put(RECALL, "Recall@10");
        columns.put(MRR, "MRR@10");
        columns.put(THIN, "thin");
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
                notes(moments, entries.getFirst(), rivals),
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(Bootstrap.DRAWS, seed)),
                axes);
    }

    private List<String> notes(Moments moments, Entry leading, List<String> rivals) {
        List<String> notes = new ArrayList<>();
        notes.add(
                String.format(
                        Locale.ROOT,
                        "%,d events of %,d people on %,d items, tested, then learned; %,d first meetings"
                                + " ranked%s.",
                        trace.steps().size(),
                        trace.people(),
                        trace.items(),
                        moments.size(),
                        every == 1 ? "" : ", a sample: one of " + every));
        if (trace.unreadLines() > 0) {
            notes.add("%,d lines could not be read.".formatted(trace.unreadLines()));
        }
        Double repeats = leading.figure("repeatsRecall@10");
        if (repeats != null) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            "With repeats ranked too, among all items met so far: Recall@10 %.4f, MRR@10"
                                    + " %.4f.",
                            repeats,
                            leading.figure("repeatsMrr@10")));
        }
        notes.addAll(rivals);
        return notes;
    }
}
