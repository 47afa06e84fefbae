package dev.freshet.bench.evaluate;

import java.util.function.IntPredicate;

/**
 * Accuracy over a part of the moments.
 *
 * @param moments how many
 * @param recall share of them at which the item really met stood among the first ten: with one item
 *     to find, recall and hit rate are one
 * @param mrr mean of one over its rank, 0 beyond the tenth place
 */
record Figures(int moments, double recall, double mrr) {
    /** Of the moments that pass. */
    static Figures of(Scoreboard scores, Moments moments, IntPredicate part) {
        int count = 0;
        int hits = 0;
        double reciprocals = 0;
        for (int at = 0; at < moments.size(); at++) {
            if (part.test(at)) {
                count++;
                hits += scores.hit(at, Prequential.DEPTH) ? 1 : 0;
                reciprocals += scores.reciprocal(at, Prequential.DEPTH);
            }
        }
        return new Figures(
                count, hits / (double) Math.max(1, count), reciprocals / Math.max(1, count));
    }
}
