package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntPredicate;

/**
 * Results of one contender at each of the {@link TestMoments}. With one item to be foreseen, the
 * next one: the hit rate is the share of moments at which it is among the first k, MRR the mean of
 * one over its rank, NDCG that of 1 / log₂(1 + rank), both 0 beyond k. Recall is the mean share
 * that the first k hold of all that the person goes on to interact with in the test.
 */
final class TestBoard {
    /** Numbers of ranks that count. */
    static final List<Integer> DEPTHS = List.of(5, 10, 20);

    static final int DEPTH = 20;

    /** Figures that have intervals. */
    static final List<String> MEASURED =
            List.of("hr@20", "mrr@20", "ndcg@20", "recall@20", "hr@10", "mrr@10");

    private final String name;
    private final Scoreboard.Kind kind;
    private final float[] ranks;
    private final float[][] found;

    /** Creates a board on which every moment is a miss. */
    TestBoard(String name, Scoreboard.Kind kind, int moments) {
        this.name = name;
        this.kind = kind;
        ranks = new float[moments];
        Arrays.fill(ranks, RankedPlace.MISS);
        found = new float[DEPTHS.size()][moments];
    }

    /**
     * Records a moment.
     *
     * @param next place of the next item, or null if it could not be ranked
     * @param answer the list
     * @param isWanted whether the person goes on to interact with an item
     * @param wanted number of such items, from 1
     */
    void put(
            int moment,
            RankedPlace next,
            EvaluatedAnswer answer,
            IntPredicate isWanted,
            int wanted) {
        ranks[moment] = next.rank();
        recall(moment, answer, isWanted, wanted);
    }

    /** Records the list of a moment whose next item could not be ranked. */
    void recall(int moment, EvaluatedAnswer answer, IntPredicate isWanted, int wanted) {
        int hits = 0;
        int depth = 0;
        for (int rank = 0; rank < DEPTH; rank++) {
            hits += rank < answer.top(DEPTH) && isWanted.test(answer.item(rank)) ? 1 : 0;
            if (rank + 1 == DEPTHS.get(depth)) {
                found[depth++][moment] = (float) hits / wanted;
            }
        }
    }

    float rank(int moment) {
        return ranks[moment];
    }

    /** Returns the results by name, such as {@code hr@10}, at each moment. */
    private SequencedMap<String, float[]> values() {
        SequencedMap<String, float[]> values = new LinkedHashMap<>();
        for (int depth : DEPTHS) {
            float[] hits = new float[ranks.length];
            float[] reciprocals = new float[ranks.length];
            float[] gains = new float[ranks.length];
            for (int at = 0; at < ranks.length; at++) {
                if (ranks[at] <= depth) {
                    hits[at] = 1;
                    reciprocals[at] = 1 / ranks[at];
                    gains[at] = (float) (Math.log(2) / Math.log(1 + ranks[at]));
                }
            }
            values.put("hr@" + depth, hits);
            values.put("mrr@" + depth, reciprocals);
            values.put("ndcg@" + depth, gains);
            values.put("recall@" + depth, found[DEPTHS.indexOf(depth)]);
        }
        return values;
    }

    /**
     * Returns the entry of the report.
     *
     * @param people number of people
     */
    Entry entry(TestMoments moments, int people) {
        SequencedMap<String, Double> figures = new LinkedHashMap<>();
        List<Measure> measures = new ArrayList<>();
        SequencedMap<String, float[]> values = values();
        values.forEach((figure, column) -> figures.put(figure, mean(column)));
        for (String figure : MEASURED) {
            float[] column = values.getOrDefault(figure, ranks);
            double[] sums = new double[people];
            double[] counts = new double[people];
            for (int at = 0; at < column.length; at++) {
                sums[moments.person(at)] += column[at];
                counts[moments.person(at)]++;
            }
            measures.add(new Measure(figure, Measure.Sense.GAIN, sums, counts));
        }
        return new Entry(name, kind, figures, new LinkedHashMap<>(), measures);
    }

    private static double mean(float[] column) {
        double sum = 0;
        for (float value : column) {
            sum += value;
        }
        return sum / Math.max(1, column.length);
    }
}
