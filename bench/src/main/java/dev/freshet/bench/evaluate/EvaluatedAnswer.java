package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.StreamState.Eligible;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * Ranking of an entry at one moment: eligible items in order, in groups of equal scores. Items that
 * were not listed follow as one last group.
 */
final class EvaluatedAnswer {
    private final Eligible eligible;
    private final IntIndex named = new IntIndex(256);
    private int[] groupSince = new int[16];
    private float lastScore = Float.NaN;
    private int since;
    private float[] all = new float[0];

    EvaluatedAnswer(Eligible eligible) {
        this.eligible = eligible;
    }

    /** Starts another list, which ranks after everything listed so far. */
    void nextList() {
        lastScore = Float.NaN;
    }

    /**
     * Appends the next item of a list. An item that was listed before keeps its first rank; one
     * that is not eligible is ignored.
     */
    void name(int item, float score) {
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

    /** Lists the best {@code depth} items by the scores of all items, which rank the others too. */
    void scores(float[] scores, int depth) {
        all = scores;
        TopN top = new TopN(depth);
        for (int item = 0; item < scores.length; item++) {
            if (scores[item] > top.floor() && eligible.has(item)) {
                top.offer(item, scores[item]);
            }
        }
        int[] items = new int[top.size()];
        float[] best = new float[top.size()];
        top.drain(items, best);
        for (int rank = 0; rank < items.length; rank++) {
            name(items[rank], best[rank]);
        }
    }

    /**
     * Returns the expected rank of an eligible item, from 1, for a random order of items with equal
     * scores: half of them precede it.
     */
    float rank(int item) {
        int better = 0;
        int equal = -1;
        int at = named.order(item);
        if (all.length > 0) {
            for (int other = 0; other < all.length; other++) {
                better += all[other] > all[item] ? 1 : 0;
                equal += all[other] == all[item] ? 1 : 0;
            }
            for (int seen : eligible.left()) {
                better -= all[seen] > all[item] ? 1 : 0;
                equal -= all[seen] == all[item] ? 1 : 0;
            }
        } else if (at < 0) {
            better = named.size();
            equal = eligible.size() - named.size() - 1;
        } else {
            better = groupSince[at];
            for (int end = better; end < named.size() && groupSince[end] == better; end++) {
                equal++;
            }
        }
        return 1 + better + equal / 2f;
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
