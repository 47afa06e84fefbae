package dev.freshet.model.item;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * A list of items with scores, best first.
 *
 * @param items indexes into {@link ItemTable}
 * @param scores parallel to {@code items}, descending; the unit depends on the source
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record ItemScores(int[] items, float[] scores) {
    /** An empty list. */
    public static final ItemScores NONE = new ItemScores(new int[0], new float[0]);

    public ItemScores {
        if (items.length != scores.length) {
            throw new IllegalArgumentException(
                    "there are " + items.length + " items, but " + scores.length + " scores");
        }
    }

    /** Returns the content of a {@link TopN}, which is empty afterwards. */
    public static ItemScores drain(TopN top) {
        ItemScores scores = new ItemScores(new int[top.size()], new float[top.size()]);
        top.drain(scores.items, scores.scores);
        return scores;
    }

    /** Returns the items with the highest scores. */
    public static ItemScores top(IntFloats scores, int limit) {
        TopN top = new TopN(Math.min(limit, scores.size()));
        for (int order = 0; order < scores.size(); order++) {
            top.offer(scores.key(order), scores.value(order));
        }
        return drain(top);
    }

    /**
     * Returns the items with the highest scores, without the keys of {@code own} and deleted items.
     */
    public static ItemScores top(IntFloats scores, IntFloats own, ItemTable table, int limit) {
        TopN top = new TopN(Math.min(limit, scores.size()));
        for (int order = 0; order < scores.size(); order++) {
            float score = scores.value(order);
            if (score > top.floor()) {
                int item = scores.key(order);
                if (!own.contains(item) && !table.deleted(item)) {
                    top.offer(item, score);
                }
            }
        }
        return drain(top);
    }

    /** Returns the best of these items, without those in {@code own}. */
    public ItemScores without(int[] own, int limit) {
        IntFloats left = new IntFloats(size());
        for (int rank = 0; rank < size() && left.size() < limit; rank++) {
            if (Arrays.stream(own).noneMatch(Integer.valueOf(items[rank])::equals)) {
                left.put(items[rank], scores[rank]);
            }
        }
        return top(left, limit);
    }

    /** Returns the number of items. */
    public int size() {
        return items.length;
    }

    /** Returns the item of a rank, from 0. */
    public int item(int rank) {
        return items[rank];
    }

    /** Returns the score of a rank, from 0. */
    public float score(int rank) {
        return scores[rank];
    }
}
