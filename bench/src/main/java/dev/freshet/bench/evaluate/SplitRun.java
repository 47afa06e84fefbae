package dev.freshet.bench.evaluate;

import dev.freshet.model.settings.ModelSettings;
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
 * A split evaluation: the same lines in several orders, and what is told of it.
 *
 * @param every one of so many users is asked for
 * @param seed of the first order; the others follow
 */
record SplitRun(GowallaLines train, GowallaLines test, int every, long seed, int seeds) {
    static final String RECALL = "recall@20";
    private static final String NDCG = "ndcg@20";

    /** Steps in all, for a progress bar. */
    long steps() {
        return seeds * new SplitProtocol(new Split(train, test, seed), every).steps();
    }

    /** Runs every order, one after the other; in each the rivals beside the product. */
    Report run(ModelSettings settings, Field field, LongConsumer done) {
        List<List<SplitBoard>> runs = new ArrayList<>();
        int items = 0;
        SequencedSet<String> rivalsAreSet = new LinkedHashSet<>();
        for (int turn = 0; turn < seeds; turn++) {
            Split split = new Split(train, test, seed + turn);
            items = split.trainedItems();
            SplitProtocol protocol = new SplitProtocol(split, every);
            long before = turn * protocol.steps();
            List<SplitBoard> boards = new ArrayList<>();
            long own = seed + turn;
            List<SplitBoard> rivals =
                    Beside.run(
                            () -> {
                                List<Baseline> opposed =
                                        field.rivals(
                                                baselines -> baselines.ofSplit(split.items(), own));
                                rivalsAreSet.addAll(Field.settings(opposed));
                                return protocol.rivals(opposed);
                            },
                            () ->
                                    boards.addAll(
                                            protocol.product(
                                                    settings,
                                                    field.product(),
                                                    steps -> done.accept(before + steps))));
            boards.addAll(rivals);
            runs.add(boards);
        }
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < runs.getFirst().size(); at++) {
            int place = at;
            entries.add(entry(runs.stream().map(boards -> boards.get(place)).toList()));
        }
        return report(
                entries, items, runs.getFirst().getFirst().users(), List.copyOf(rivalsAreSet));
    }

    /** What is told of one contender over the orders. */
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

    private Report report(List<Entry> entries, int items, int users, List<String> rivals) {
        SequencedMap<String, Object> facts = new LinkedHashMap<>();
        List<Long> all = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int turn = 0; turn < seeds; turn++) {
            all.add(seed + turn);
            labels.add(String.valueOf(seed + turn));
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
                        "%,d pairs learned in one pass, in batches of %,d and %d seeded order%s; %,d users"
                                + " asked for%s; every one of %,d items ranked.",
                        train.pairs(),
                        SplitProtocol.BATCH,
                        seeds,
                        seeds == 1 ? "" : "s",
                        users,
                        every == 1 ? "" : ", a sample: one of " + every,
                        items);
        List<String> notes = new ArrayList<>();
        notes.add(learned);
        notes.add(
                "The split is not temporal: what is to be found need not have come after what was"
                        + " learned.");
        notes.addAll(rivals);
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
