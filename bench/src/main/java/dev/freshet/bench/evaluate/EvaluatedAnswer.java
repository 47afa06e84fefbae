package dev.freshet.bench.evaluate;

import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * A contender's answer at one moment: eligible items in its order, with what it holds equal. What
 * it does not name stands behind, all of it equal. Used by one thread, for one moment after
 * another.
 */
final class EvaluatedAnswer {
    private IntIndex named = new IntIndex(16);
    private int[] groupSince = new int[16];
    private float lastScore = Float.NaN;
    private int since;

    /** Forgets the moment before. */
    void clear() {
        named = new IntIndex(256);
        lastScore = Float.NaN;
    }

    /** From here on everything stands behind what was named so far. */
    void nextList() {
        lastScore = Float.NaN;
    }

    /**
     * Names one more item, the next best of a list; one that was named before counts where it stood
     * first, one that is not eligible not at all.
     */
    void name(int item, float score, Eligible eligible) {
        if (!eligible.has(item) || named.order(item) >= 0) {
            return;
        }
        int at = named.orderOrInsert(item);
        if (at >= groupSince.length) {
            groupSince = Arrays.copyOf(groupSince, named.capacity());
        }
        if (score != lastScore) {
            lastScore = score;
            since = at;
        }
        groupSince[at] = since;
    }

    /** Takes scores of all items; the best {@code depth} of them get an order. */
    void scores(float[] scores, Eligible eligible, int depth) {
        TopN top = new TopN(depth);
        for (int item = 0; item < scores.length; item++) {
            if (eligible.has(item)) {
                top.offer(item, scores[item]);
            }
        }
        int[] items = new int[top.size()];
        float[] best = new float[top.size()];
        top.drain(items, best);
        for (int rank = 0; rank < items.length; rank++) {
            name(items[rank], best[rank], eligible);
        }
    }

    /** Where an eligible item stands. */
    RankedPlace place(int item, Eligible eligible) {
        int at = named.order(item);
        if (at < 0) {
            return new RankedPlace(named.size(), eligible.size() - named.size() - 1);
        }
        int end = at;
        while (end < named.size() && groupSince[end] == groupSince[at]) {
            end++;
        }
        return new RankedPlace(groupSince[at], end - groupSince[at] - 1);
    }

    /** Where an eligible item stands by scores of all. */
    static RankedPlace place(int item, float[] scores, Eligible eligible) {
        int better = 0;
        int equal = -1;
        float own = scores[item];
        for (int other = 0; other < scores.length; other++) {
            if (scores[other] >= own && eligible.has(other)) {
                if (scores[other] > own) {
                    better++;
                } else {
                    equal++;
                }
            }
        }
        return new RankedPlace(better, equal);
    }

    /** How many of the best there are, at most {@code depth}. */
    int top(int depth) {
        return Math.min(depth, named.size());
    }

    /** The item at this rank, from 0. */
    int item(int rank) {
        return named.key(rank);
    }
}
