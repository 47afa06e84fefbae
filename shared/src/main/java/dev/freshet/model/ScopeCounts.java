package dev.freshet.model;

import dev.freshet.model.rows.IntIndex;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Decayed counts of one country's or device's items at the two scoped half-lives; at most {@value
 * #MOST_ITEMS} items, ≈ 64 B each. When full, the quarter with the lowest long count leaves; within
 * the bound, additions commute. Changed only by the draft that made or copied it.
 */
final class ScopeCounts {
    static final int MOST_ITEMS = 1_000;
    static final HalfLife SHORT = HalfLife.TWO_HOURS;
    static final HalfLife LONG = HalfLife.THREE_DAYS;

    private static final HalfLife[] KEPT = {SHORT, LONG};

    private IntIndex items;
    private int[] generations;
    private long[] sums;
    private int last;

    ScopeCounts() {
        items = new IntIndex(16);
        generations = new int[2 * items.capacity()];
        sums = new long[4 * items.capacity()];
        last = Integer.MIN_VALUE;
    }

    ScopeCounts(ScopeCounts original) {
        items = new IntIndex(original.items);
        generations = original.generations.clone();
        sums = original.sums.clone();
        last = original.last;
    }

    int size() {
        return items.size();
    }

    int item(int order) {
        return items.key(order);
    }

    /** The latest event time counted, as a {@link ModelTime}. */
    int last() {
        return last;
    }

    double at(int item, HalfLife halfLife, DecayClock clock) {
        int order = items.order(item);
        return order < 0 ? 0 : atOrder(order, halfLife, clock);
    }

    double atOrder(int order, HalfLife halfLife, DecayClock clock) {
        int row = row(order, halfLife);
        return clock.count(generations[row], sums[2 * row], sums[2 * row + 1], halfLife);
    }

    void add(int item, int time, int sign) {
        if (items.order(item) < 0) {
            if (sign < 0) {
                return;
            }
            if (items.size() >= MOST_ITEMS) {
                dropLowestQuarter(new DecayClock(ModelTime.epochSeconds(Math.max(last, time))));
            }
        }
        int order = slot(item);
        last = Math.max(last, time);
        Decay.Row row = new Decay.Row();
        for (HalfLife halfLife : KEPT) {
            int at = row(order, halfLife);
            row.newest = generations[at];
            row.even = sums[2 * at];
            row.odd = sums[2 * at + 1];
            row.add(ModelTime.epochSeconds(time), halfLife, sign);
            generations[at] = row.newest;
            sums[2 * at] = row.even;
            sums[2 * at + 1] = row.odd;
        }
    }

    /** The row as stored, for the snapshot: two generations, four sums. */
    int generation(int order, int which) {
        return generations[2 * order + which];
    }

    long sum(int order, int which) {
        return sums[4 * order + which];
    }

    /** For loading. */
    void restore(int item, int[] itsGenerations, long[] itsSums) {
        int order = slot(item);
        System.arraycopy(itsGenerations, 0, generations, 2 * order, 2);
        System.arraycopy(itsSums, 0, sums, 4 * order, 4);
    }

    void restoreLast(int time) {
        last = time;
    }

    private int slot(int item) {
        int order = items.orderOrInsert(item);
        if (2 * items.capacity() > generations.length) {
            generations = Arrays.copyOf(generations, 2 * items.capacity());
            sums = Arrays.copyOf(sums, 4 * items.capacity());
        }
        return order;
    }

    private void dropLowestQuarter(DecayClock now) {
        int[] kept =
                IntStream.range(0, items.size())
                        .boxed()
                        .sorted(
                                (a, b) ->
                                        Double.compare(
                                                atOrder(b, LONG, now), atOrder(a, LONG, now)))
                        .limit(items.size() - items.size() / 4)
                        .sorted()
                        .mapToInt(Integer::intValue)
                        .toArray();
        IntIndex fewer = new IntIndex(MOST_ITEMS);
        int[] fewerGenerations = new int[2 * fewer.capacity()];
        long[] fewerSums = new long[4 * fewer.capacity()];
        for (int order : kept) {
            int to = fewer.orderOrInsert(items.key(order));
            System.arraycopy(generations, 2 * order, fewerGenerations, 2 * to, 2);
            System.arraycopy(sums, 4 * order, fewerSums, 4 * to, 4);
        }
        items = fewer;
        generations = fewerGenerations;
        sums = fewerSums;
    }

    private static int row(int order, HalfLife halfLife) {
        if (!halfLife.scoped()) {
            throw new IllegalArgumentException(halfLife + " is not kept per scope");
        }
        return 2 * order + (halfLife == SHORT ? 0 : 1);
    }
}
