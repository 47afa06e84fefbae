package dev.freshet.model.history;

import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;

/**
 * The days on which a user interacted with each item, as far as they tell how long the user usually
 * waits: the first time, the last time, and the number of days. 20 B an item.
 */
public final class ItemDays {
    private final IntIndex items = new IntIndex(16);
    private long[] first = new long[16];
    private long[] last = new long[16];
    private int[] days = new int[16];

    /**
     * Adds an interaction; a second one of a day counts only where it follows one of another day.
     *
     * @param epochSeconds time of the interaction
     */
    public void add(int item, long epochSeconds) {
        boolean known = items.order(item) >= 0;
        int order = items.orderOrInsert(item);
        if (order >= days.length) {
            first = Arrays.copyOf(first, 2 * order);
            last = Arrays.copyOf(last, 2 * order);
            days = Arrays.copyOf(days, 2 * order);
        }
        if (!known) {
            first[order] = epochSeconds;
            last[order] = epochSeconds;
            days[order] = 1;
            return;
        }
        boolean outside =
                day(epochSeconds) < day(first[order]) || day(epochSeconds) > day(last[order]);
        days[order] += outside ? 1 : 0;
        first[order] = Math.min(first[order], epochSeconds);
        last[order] = Math.max(last[order], epochSeconds);
    }

    /** Returns the mean seconds from one day with an item to the next; 0 where it was one day. */
    public int gap(int item) {
        int order = items.order(item);
        return order < 0 || days[order] < 2
                ? 0
                : (int)
                        Math.min(
                                Integer.MAX_VALUE,
                                (last[order] - first[order]) / (days[order] - 1));
    }

    private static long day(long epochSeconds) {
        return Math.floorDiv(epochSeconds, ModelTime.SECONDS_PER_DAY);
    }
}
