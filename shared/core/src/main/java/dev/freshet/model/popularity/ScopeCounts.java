package dev.freshet.model.popularity;

import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Decayed counts of one country's or device's items at the two scoped half-lives; at most {@value
 * #MOST_ITEMS} items, ≈ 64 B each. When full, the quarter with the lowest long count leaves; within
 * the bound, additions commute, and an item of which all is taken back is gone. Changed only by the
 * draft that made or copied it. Nothing depends on the order of items within.
 */
public final class ScopeCounts {
    public static final int MOST_ITEMS = 1_000;
    public static final HalfLife SHORT = HalfLife.TWO_HOURS;
    public static final HalfLife LONG = HalfLife.THREE_DAYS;

    private static final HalfLife[] KEPT = {SHORT, LONG};

    private IntIndex items;
    private int[] states;
    private long[] sums;

    public ScopeCounts() {
        items = new IntIndex(16);
        states = new int[2 * items.capacity()];
        sums = new long[4 * items.capacity()];
    }

    public ScopeCounts(ScopeCounts original) {
        items = new IntIndex(original.items);
        states = original.states.clone();
        sums = original.sums.clone();
    }

    public int size() {
        return items.size();
    }

    public int item(int order) {
        return items.key(order);
    }

    /** Where items stand, by item ascending. */
    public int[] sorted() {
        return IntStream.range(0, items.size())
                .boxed()
                .sorted(Comparator.comparingInt(items::key))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    public double at(int item, HalfLife halfLife, DecayClock clock) {
        int order = items.order(item);
        return order < 0 ? 0 : atOrder(order, halfLife, clock);
    }

    double atOrder(int order, HalfLife halfLife, DecayClock clock) {
        int row = row(order, halfLife);
        return clock.count(Decay.newest(states[row]), sums[2 * row], sums[2 * row + 1], halfLife);
    }

    /** How much is counted at the long half-life, in all. */
    double all(DecayClock clock) {
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
            if (items.size() >= MOST_ITEMS) {
                dropLowestQuarter(new DecayClock(ModelTime.epochSeconds(time)));
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

    /** The row's {@link Decay#state}, for the snapshot: two of them, four sums. */
    public int state(int order, int which) {
        return states[2 * order + which];
    }

    public long sum(int order, int which) {
        return sums[4 * order + which];
    }

    /** For loading. */
    public void restore(int item, int[] itsStates, long[] itsSums) {
        int order = slot(item);
        System.arraycopy(itsStates, 0, states, 2 * order, 2);
        System.arraycopy(itsSums, 0, sums, 4 * order, 4);
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

    private void dropLowestQuarter(DecayClock now) {
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
        IntIndex fewer = new IntIndex(MOST_ITEMS);
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
            throw new IllegalArgumentException(halfLife + " is not kept per scope");
        }
        return 2 * order + (halfLife == SHORT ? 0 : 1);
    }
}
