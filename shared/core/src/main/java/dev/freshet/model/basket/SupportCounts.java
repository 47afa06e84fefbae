package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;

/**
 * Sums over baskets by item, in which baskets count in groups of k: the first k that came to have
 * an item are a group, so are the next k, and those that are no whole group yet do not count. A sum
 * of fewer people would tell what one of them did; beyond that, what one person did changes a sum
 * only together with k − 1 others. Two sums of the same baskets are made in one pass. For repeated
 * use: 4 B for each item of the model, 8 · k + 8 B for each that is touched, and 8 B for each time
 * that something is added. Not thread-safe.
 */
final class SupportCounts {
    private static final int FEW = 256;

    /** What is earlier than any basket, and added nothing. */
    private static final long NOBODY = Long.MIN_VALUE;

    /** The most baskets that are announced for an item. */
    private static final int MOST = NextItems.MAX_OPENED;

    /**
     * By item, the complement of its order once something was added to it, else the number of
     * baskets that were announced above {@link #none}: one place in memory for both, since these
     * are read at random.
     */
    private int[] places = new int[0];

    /** What stands for no basket in {@link #places}; it grows, so that nothing is cleared. */
    private int none;

    /** Items by their order: that in which they were first added. */
    private int[] items = new int[FEW];

    private int size;

    /** Number of baskets that at most do not count. */
    private int latest;

    /** By order of the item: the number of baskets. */
    private int[] people = new int[FEW];

    /** By order of the item: both sums without the latest baskets. */
    private float[] sums = new float[2 * FEW];

    /**
     * By order of the item: its latest baskets, the very latest first, each as its time and its
     * number in {@link #added}, so that the greater one is the later one.
     */
    private long[] late = new long[0];

    /** What baskets added to both sums, in the order in which they did; the first adds nothing. */
    private float[] added = new float[2 * FEW];

    private int additions = 1;

    /**
     * Ensures capacity for items below {@code items}; may be called only when empty.
     *
     * @param k size of a group, at least 1
     */
    void reserve(int items, int k) {
        latest = k - 1;
        if (items > places.length) {
            places = new int[Math.max(items, places.length + places.length / 2)];
            none = 0;
        }
    }

    /**
     * Says that a basket with an item will be added. Where all baskets are announced first, those
     * of an item that no group {@linkplain #positions comes to} may be left out, which is cheaper
     * than adding them: most items are in too few baskets. Nothing may have been added yet.
     */
    void announce(int item) {
        places[item] = Math.max(places[item], none) + 1;
    }

    /**
     * Finds the entries of a basket with positive strength, and an item of which enough baskets
     * were announced for a group. No entry takes a branch, which would often be mispredicted.
     *
     * @param into receives the positions; at least as long as the basket has entries
     * @return the number of positions
     */
    int positions(int[] basket, int[] into) {
        int found = 0;
        for (int at = 0; at < BasketEntries.size(basket); at++) {
            int place = places[BasketEntries.item(basket, at)];
            int fills = place | (latest - (place - none)); // negative if so
            into[found] = at;
            found += (fills & -BasketEntries.units(basket, at)) >>> (Integer.SIZE - 1);
        }
        return found;
    }

    /**
     * Adds what a basket contributes to the item of one of its entries, which it came to have
     * together with another one when it had both.
     *
     * @param at position of the other entry
     * @param to position of the entry
     */
    void addPair(int[] basket, int at, int to, float amount) {
        addPair(basket, at, to, amount, 0);
    }

    /** Adds what a basket contributes to both sums of the item of one of its entries. */
    void addPair(int[] basket, int at, int to, float amount, float second) {
        add(BasketEntries.item(basket, to), BasketEntries.latest(basket, at, to), amount, second);
    }

    /**
     * Adds what one basket contributes to both sums of an item; each basket adds to an item once.
     *
     * @param at when it came to have the item, as {@link dev.freshet.example.ModelTime}
     */
    void add(int item, int at, float amount, float second) {
        if (2 * additions == added.length) {
            added = Arrays.copyOf(added, 2 * added.length);
        }
        int order = orderOrInsert(item);
        people[order]++;
        added[2 * additions] = amount;
        added[2 * additions + 1] = second;
        long next = (long) at << Integer.SIZE | additions++;
        int end = (order + 1) * latest;
        for (int place = end - latest; place < end; place++) {
            long here = late[place];
            late[place] = Math.max(here, next);
            next = Math.min(here, next);
        }
        sums[2 * order] += added[2 * (int) next];
        sums[2 * order + 1] += added[2 * (int) next + 1];
    }

    private int orderOrInsert(int item) {
        int place = places[item];
        if (place < 0) {
            return ~place;
        }
        int order = size++;
        if (order == items.length) {
            items = Arrays.copyOf(items, 2 * order);
            people = Arrays.copyOf(people, 2 * order);
            sums = Arrays.copyOf(sums, 4 * order);
        }
        int length = late.length;
        if (size * latest > length) {
            late = Arrays.copyOf(late, 2 * size * latest);
            Arrays.fill(late, length, late.length, NOBODY);
        }
        items[order] = item;
        places[item] = ~order;
        return order;
    }

    /**
     * Returns the first sums of whole groups, times a weight, in the order in which their items
     * were first added. This is empty afterwards.
     */
    KAnonymousSums release(float weight) {
        int[] orders = wholeGroups();
        KAnonymousSums released = new KAnonymousSums(itemsOf(orders), whole(orders, 0, weight));
        clear();
        return released;
    }

    /** Returns both sums of whole groups, of the same items. This is empty afterwards. */
    BothSums releaseBoth() {
        int[] orders = wholeGroups();
        int[] of = itemsOf(orders);
        BothSums released =
                new BothSums(
                        new KAnonymousSums(of, whole(orders, 0, 1)),
                        new KAnonymousSums(of, whole(orders, 1, 1)));
        clear();
        return released;
    }

    /** Both sums of the same items. */
    record BothSums(KAnonymousSums first, KAnonymousSums second) {}

    /** Returns the orders of the items with a whole group. */
    private int[] wholeGroups() {
        int[] orders = new int[size];
        int groups = 0;
        for (int order = 0; order < size; order++) {
            if (people[order] > latest) {
                orders[groups++] = order;
            }
        }
        return Arrays.copyOf(orders, groups);
    }

    private int[] itemsOf(int[] orders) {
        int[] of = new int[orders.length];
        for (int at = 0; at < orders.length; at++) {
            of[at] = items[orders[at]];
        }
        return of;
    }

    private float[] whole(int[] orders, int which, float weight) {
        float[] whole = new float[orders.length];
        for (int at = 0; at < orders.length; at++) {
            int order = orders[at];
            float sum = sums[2 * order + which];
            for (int place = people[order] % (latest + 1); place < latest; place++) {
                sum += added[2 * (int) late[order * latest + place] + which];
            }
            whole[at] = weight * sum;
        }
        return whole;
    }

    private void clear() {
        additions = 1;
        Arrays.fill(late, 0, size * latest, NOBODY);
        Arrays.fill(sums, 0, 2 * size, 0);
        Arrays.fill(people, 0, size, 0);
        for (int order = 0; order < size; order++) {
            places[items[order]] = 0;
        }
        size = 0;
        none += MOST + 1;
        if (none > Integer.MAX_VALUE - 2 * MOST) {
            Arrays.fill(places, 0);
            none = 0;
        }
    }

    /**
     * Sums over baskets by item, of those items alone to which enough baskets contributed. Nobody
     * changes the arrays.
     *
     * @param items distinct
     * @param sums by position in {@code items}
     */
    @SuppressWarnings("ArrayRecordComponent") // on the hot path; not compared
    record KAnonymousSums(int[] items, float[] sums) implements HolderLists.Sized {
        /** Returns how many numbers of 4 B these are. */
        @Override
        public int numbers() {
            return items.length + sums.length;
        }

        /** Adds the sums, times a weight, to scores by item. */
        void addTo(Sums scores, float weight) {
            scores.expect(items.length);
            for (int at = 0; at < items.length; at++) {
                scores.add(items[at], weight * sums[at]);
            }
        }

        /**
         * Adds the sums, times a weight, to a column of a table.
         *
         * @param table by order of the item in {@code orders}, then by column
         */
        void addTo(float[][] table, int column, IntIndex orders, float weight) {
            long last6Bits = 0; // of the few items in question: spares most of the look-ups
            for (int order = 0; order < orders.size(); order++) {
                last6Bits |= 1L << orders.key(order);
            }
            for (int at = 0; at < items.length; at++) {
                int order = (last6Bits >>> items[at] & 1) == 0 ? -1 : orders.order(items[at]);
                if (order >= 0) {
                    table[order][column] += weight * sums[at];
                }
            }
        }

        /** Returns these as shares of their sum. */
        KAnonymousSums shares() {
            float sum = Float.MIN_NORMAL;
            for (float one : sums) {
                sum += one;
            }
            float[] shares = new float[sums.length];
            for (int at = 0; at < sums.length; at++) {
                shares[at] = sums[at] / sum;
            }
            return new KAnonymousSums(items, shares);
        }

        /** Returns a copy of the sums by item. */
        IntFloats byItem() {
            return IntFloats.ofDistinct(items.clone(), sums.clone());
        }
    }
}
