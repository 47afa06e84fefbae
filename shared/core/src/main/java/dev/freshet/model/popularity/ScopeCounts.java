package dev.freshet.model.popularity;

import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Decayed counts of the items in one scope, a country or a device, at the two scoped half-lives; at
 * most {@value #MAX_ITEMS} items, ≈ 64 B each. When full, the quarter of the items with the lowest
 * long-term counts is dropped. Within the bound, additions commute, and an item is removed once all
 * of its events are reverted. Modified only by the draft that created or copied it. No result
 * depends on the internal order of items.
 */
public final class ScopeCounts {
    /** The largest number of items. */
    public static final int MAX_ITEMS = 1_000;

    /** The shorter of the two half-lives. */
    public static final HalfLife SHORT = HalfLife.TWO_HOURS;

    /** The longer of the two half-lives. */
    public static final HalfLife LONG = HalfLife.THREE_DAYS;

    private static final HalfLife[] KEPT = {SHORT, LONG};

    private IntIndex items;
    private int[] states;
    private long[] sums;

    /** Creates empty counts. */
    public ScopeCounts() {
        items = new IntIndex(16);
        states = new int[2 * items.capacity()];
        sums = new long[4 * items.capacity()];
    }

    /** Creates an independent copy. */
    public ScopeCounts(ScopeCounts original) {
        items = new IntIndex(original.items);
        states = original.states.clone();
        sums = original.sums.clone();
    }

    /** Returns the number of items. */
    public int size() {
        return items.size();
    }

    /** Returns the item at an internal position. */
    public int item(int order) {
        return items.key(order);
    }

    /** Returns the internal positions, by item ascending. */
    public int[] sorted() {
        return items.sorted();
    }

    /** Returns an item's decayed count at the clock's time; 0 for an item without events. */
    public double at(int item, HalfLife halfLife, Decay.Clock clock) {
        int order = items.order(item);
        return order < 0 ? 0 : atOrder(order, halfLife, clock);
    }

    /** Returns the internal position of an item, or −1 for one without events here. */
    public int order(int item) {
        return items.order(item);
    }

    /** Returns the decayed count of the item at an internal position, at the clock's time. */
    public double atOrder(int order, HalfLife halfLife, Decay.Clock clock) {
        int row = row(order, halfLife);
        return clock.count(Decay.newest(states[row]), sums[2 * row], sums[2 * row + 1], halfLife);
    }

    /** Returns the sum of all items' counts at the long half-life. */
    double all(Decay.Clock clock) {
        double all = 0;
        for (int order : sorted()) {
            all += atOrder(order, LONG, clock);
        }
        return all;
    }

    void add(int item, int time, int sign) {
        if (items.order(item) < 0) {
            if (sign < 0) {
                return;
            }
            if (items.size() >= MAX_ITEMS) {
                dropLowestQuarter(new Decay.Clock(ModelTime.epochSeconds(time)));
            }
        }
        int order = slot(item);
        boolean blank = true;
        Decay.Row row = new Decay.Row();
        for (HalfLife halfLife : KEPT) {
            int at = row(order, halfLife);
            row.state = states[at];
            row.even = sums[2 * at];
            row.odd = sums[2 * at + 1];
            row.add(ModelTime.epochSeconds(time), halfLife, sign);
            states[at] = row.state;
            sums[2 * at] = row.even;
            sums[2 * at + 1] = row.odd;
            blank &= row.isBlank();
        }
        if (blank) {
            remove(item);
        }
    }

    /**
     * Returns one of the two row states of an item, in the format of {@link Decay#state}, for a
     * snapshot.
     */
    public int state(int order, int which) {
        return states[2 * order + which];
    }

    /** Returns one of the four sums of an item, for a snapshot. */
    public long sum(int order, int which) {
        return sums[4 * order + which];
    }

    /** Adds an item when a snapshot is read. */
    public void restore(int item, int[] rowStates, long[] rowSums) {
        int order = slot(item);
        System.arraycopy(rowStates, 0, states, 2 * order, 2);
        System.arraycopy(rowSums, 0, sums, 4 * order, 4);
    }

    private int slot(int item) {
        int order = items.orderOrInsert(item);
        if (2 * items.capacity() > states.length) {
            states = Arrays.copyOf(states, 2 * items.capacity());
            sums = Arrays.copyOf(sums, 4 * items.capacity());
        }
        return order;
    }

    private void remove(int item) {
        int order = items.remove(item);
        int last = items.size();
        System.arraycopy(states, 2 * last, states, 2 * order, 2);
        System.arraycopy(sums, 4 * last, sums, 4 * order, 4);
        Arrays.fill(states, 2 * last, 2 * last + 2, 0);
        Arrays.fill(sums, 4 * last, 4 * last + 4, 0);
    }

    private void dropLowestQuarter(Decay.Clock now) {
        int[] kept =
                IntStream.range(0, items.size())
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble(
                                                (Integer order) -> -atOrder(order, LONG, now))
                                        .thenComparingInt(items::key))
                        .limit(items.size() - items.size() / 4)
                        .mapToInt(Integer::intValue)
                        .toArray();
        IntIndex fewer = new IntIndex(MAX_ITEMS);
        int[] fewerStates = new int[2 * fewer.capacity()];
        long[] fewerSums = new long[4 * fewer.capacity()];
        for (int order : kept) {
            int to = fewer.orderOrInsert(items.key(order));
            System.arraycopy(states, 2 * order, fewerStates, 2 * to, 2);
            System.arraycopy(sums, 4 * order, fewerSums, 4 * to, 4);
        }
        items = fewer;
        states = fewerStates;
        sums = fewerSums;
    }

    private static int row(int order, HalfLife halfLife) {
        if (!halfLife.scoped()) {
            throw new IllegalArgumentException(
                    "counts per country and device exist at TWO_HOURS and THREE_DAYS only, not at "
                            + halfLife);
        }
        return 2 * order + (halfLife == SHORT ? 0 : 1);
    }
}
