package dev.freshet.ranking;

import dev.freshet.model.blend.ContextBucket;
import dev.freshet.model.blend.Residual;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.TopN;
import dev.freshet.model.signal.Signals;
import java.util.Arrays;

/**
 * What is added to the log odds of the first items of a ranking: a weight for each signal times the
 * signal's distance from its mean over these items, within {@link Residual#BOUND}. Items that the
 * user interacted with before are left as they are.
 *
 * <p>Cost: the signals of {@value Residual#FIRST} items once more.
 *
 * @param weights by signal
 * @param mean of each signal over the refined items
 * @param scales of the weights by item, 1 but for items beyond the bound; 0 for all other items
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
record Refinement(float[] weights, double[] mean, IntFloats scales) {
    /** Adds nothing. */
    static final Refinement NONE = new Refinement(new float[0], new double[0], new IntFloats(1));

    /**
     * Returns the refinement of a ranking.
     *
     * @param weights by signal; none for no refinement
     */
    static Refinement of(float[] weights, Signals signals, ItemScores ranked) {
        int[] items =
                Arrays.stream(ranked.items(), 0, Math.min(Residual.FIRST, ranked.size()))
                        .filter(item -> !ContextBucket.isRepeat(signals.itemClass(item)))
                        .toArray();
        if (items.length == 0 || weights.length == 0) {
            return NONE;
        }
        float[][] vectors = new float[items.length][];
        Arrays.setAll(vectors, at -> signals.of(items[at]));
        double[] mean = Residual.mean(vectors);
        IntFloats scales = new IntFloats(items.length);
        for (int at = 0; at < items.length; at++) {
            scales.put(items[at], (float) Residual.scale(weights, mean, vectors[at]));
        }
        return new Refinement(weights, mean, scales);
    }

    /** Returns a ranking with the scores refined, in the order that follows. */
    ItemScores applied(ItemScores ranked, Signals signals) {
        if (scales.size() == 0) {
            return ranked;
        }
        TopN top = new TopN(ranked.size());
        for (int rank = 0; rank < ranked.size(); rank++) {
            int item = ranked.item(rank);
            top.offer(item, ranked.score(rank) + logOdds(item, signals));
        }
        return ItemScores.drain(top);
    }

    private float logOdds(int item, Signals signals) {
        return scales.contains(item) ? logOdds(item, signals.of(item)) : 0;
    }

    /** Returns what is added to an item with these signals, in log odds. */
    float logOdds(int item, float[] signals) {
        float added = 0;
        for (int at = 0; at < weights.length; at++) {
            added += contribution(item, at, signals);
        }
        return added;
    }

    /** Returns what one signal adds to an item, in log odds. */
    float contribution(int item, int at, float[] signals) {
        return weights.length == 0 ? 0 : weight(item, at) * (signals[at] - (float) mean[at]);
    }

    /** Returns the weights of an item's signals with those of the refinement. */
    float[] added(float[] others, int item) {
        if (!scales.contains(item)) {
            return others;
        }
        float[] sums = others.clone();
        for (int at = 0; at < sums.length; at++) {
            sums[at] += weight(item, at);
        }
        return sums;
    }

    private float weight(int item, int at) {
        return scales.get(item) * weights[at];
    }
}
