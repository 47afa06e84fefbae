package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.LongConsumer;
import java.util.function.ToDoubleFunction;

/**
 * A split evaluation over several orders of the train lines, and its report.
 *
 * @param every one in this many users is evaluated
 * @param seed seed of the first order; the others use the following ones
 */
record SplitRun(GowallaLines train, GowallaLines test, int every, long seed, int seeds) {
    static final String RECALL = "recall@20";
    private static final String NDCG = "ndcg@20";

    /** Returns the total number of steps, for a progress bar. */
    long steps() {
        return seeds * new SplitProtocol(new Split(train, test, seed), every).steps();
    }

    /**
     * Runs the orders one after the other, each with the baselines concurrently with the product.
     */
    Report run(ReplaySettings settings, Participants field, LongConsumer done) {
        List<List<SplitBoard>> runs = new ArrayList<>();
        int items = 0;
        SequencedSet<String> settingsOfBaselines = new LinkedHashSet<>();
        for (int order = 0; order < seeds; order++) {
            Split split = new Split(train, test, seed + order);
            items = split.trainedItems();
            SplitProtocol protocol = new SplitProtocol(split, every);
            long before = order * protocol.steps();
            List<SplitBoard> boards = new ArrayList<>();
            long own = seed + order;
            List<SplitBoard> baselines =
                    ConcurrentTasks.run(
                            () -> {
                                List<Baseline> participating =
                                        field.baselines(set -> set.ofSplit(split.items(), own));
                                settingsOfBaselines.addAll(Participants.settings(participating));
                                List<SplitBoard> others =
                                        new ArrayList<>(protocol.baselines(participating));
                                for (Participants.Compared other : field.compared()) {
                                    others.addAll(
                                            protocol.product(
                                                    other.settings(),
                                                    List.of(other.blend()),
                                                    steps -> {}));
                                }
                                return others;
                            },
                            () ->
                                    boards.addAll(
                                            protocol.product(
                                                    settings,
                                                    field.product(),
                                                    steps -> done.accept(before + steps))));
            boards.addAll(baselines);
            runs.add(boards);
        }
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < runs.getFirst().size(); at++) {
            int place = at;
            entries.add(entry(runs.stream().map(boards -> boards.get(place)).toList()));
        }
        return report(
                entries,
                items,
                runs.getFirst().getFirst().users(),
                List.copyOf(settingsOfBaselines));
    }

    /** Returns the results of one contender over all orders. */
    static Entry entry(List<SplitBoard> bySeed) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        figures.put(RECALL, mean(bySeed, SplitBoard::recall));
        figures.put(NDCG, mean(bySeed, SplitBoard::ndcg));
        SequencedMap<String, List<Double>> series = new LinkedHashMap<>();
        series.put(RECALL + "BySeed", bySeed.stream().map(SplitBoard::recall).toList());
        series.put(NDCG + "BySeed", bySeed.stream().map(SplitBoard::ndcg).toList());
        int users = bySeed.getFirst().users();
        double[] recalls = new double[users];
        double[] gains = new double[users];
        for (int user = 0; user < users; user++) {
            int own = user;
            recalls[user] = mean(bySeed, scores -> scores.recall(own));
            gains[user] = mean(bySeed, scores -> scores.gain(own));
        }
        return new Entry(
                bySeed.getFirst().name(),
                bySeed.getFirst().kind(),
                figures,
                series,
                List.of(Measure.ofMeans(RECALL, recalls), Measure.ofMeans(NDCG, gains)));
    }

    private static double mean(List<SplitBoard> boards, ToDoubleFunction<SplitBoard> figure) {
        return boards.stream().mapToDouble(figure).average().orElse(0);
    }

    private Report report(List<Entry> entries, int items, int users, List<String> baselines) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        List<Long> all = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int order = 0; order < seeds; order++) {
            all.add(seed + order);
            labels.add(String.valueOf(seed + order));
        }
        facts.put("seeds", all);
        facts.put("pairs", train.pairs());
        facts.put("items", items);
        facts.put("users", users);
        facts.put("everyNth", every);
        SequencedMap<String, String> columns = new LinkedHashMap<>();
        columns.put(RECALL, "Recall@20");
        columns.put(NDCG, "NDCG@20");
        SequencedMap<String, List<String>> axes = new LinkedHashMap<>();
        axes.put(RECALL + "BySeed", labels);
        axes.put(NDCG + "BySeed", labels);
        String learned =
                String.format(
                        Locale.ROOT,
                        "%,d pairs learned in one pass, in batches of %,d and %d seeded order%s;"
                                + " %,d users evaluated%s; all %,d items ranked.",
                        train.pairs(),
                        SplitProtocol.BATCH,
                        seeds,
                        seeds == 1 ? "" : "s",
                        users,
                        every == 1 ? "" : ", a sample: one of " + every,
                        items);
        List<String> notes = new ArrayList<>();
        notes.add(learned);
        notes.add("The split is not temporal: test items need not be later than train" + " items.");
        notes.addAll(baselines);
        return new Report(
                "gowalla",
                "split",
                facts,
                notes,
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(Bootstrap.DRAWS, seed)),
                axes);
    }
}
