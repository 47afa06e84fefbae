package dev.freshet.bench.evaluate;

import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * Ranking of a contender at one moment: eligible items in order, in groups of equal scores. Items
 * that were not listed follow as one last group. Used by one thread, for one moment after another.
 */
final class EvaluatedAnswer {
    private IntIndex named = new IntIndex(16);
    private int[] groupSince = new int[16];
    private float lastScore = Float.NaN;
    private int since;

    /** Clears the ranking for the next moment. */
    void clear() {
        named = new IntIndex(256);
        lastScore = Float.NaN;
    }

    /** Starts another list, which ranks after everything listed so far. */
    void nextList() {
        lastScore = Float.NaN;
    }

    /**
     * Appends the next item of a list. An item that was listed before keeps its first rank; one
     * that is not eligible is ignored.
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

    /** Adds the best {@code depth} items by score in order. */
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

    /** Returns the place of an eligible item. */
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

    /** Returns the place of an eligible item by the scores of all items. */
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

    /** Returns the number of listed items, at most {@code depth}. */
    int top(int depth) {
        return Math.min(depth, named.size());
    }

    /** Returns the item at this rank, from 0. */
    int item(int rank) {
        return named.key(rank);
    }
}
