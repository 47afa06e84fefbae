package dev.freshet.bench.evaluate;

import java.util.function.IntPredicate;

/**
 * Accuracy over a subset of the moments.
 *
 * @param moments number of moments
 * @param recall share of the moments at which the actual item was among the first ten; with one
 *     relevant item, recall equals hit rate
 * @param mrr mean of the reciprocal rank, 0 beyond the tenth place
 */
record Figures(int moments, double recall, double mrr) {
    /** Returns the accuracy over the moments that satisfy the predicate. */
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
