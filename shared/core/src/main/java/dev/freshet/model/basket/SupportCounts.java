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
 * use: 4 B for each item of the model, and 12 · k + 4 B for each that is touched. Not thread-safe.
 */
final class SupportCounts {
    private static final int FEW = 256;

    /** The most baskets that are announced for an item. */
    private static final int MOST = NextItems.MAX_OPENED;

    /** Places in a row. After them come the latest ones, the very latest first: times, amounts. */
    private static final int ITEM = 0;

    private static final int PEOPLE = 1;

    /** The first of both sums without the latest ones. */
    private static final int SUMS = 2;

    private static final int TIMES = 4;

    /**
     * By item, the complement of the begin of its row once something was added to it, else the
     * number of baskets that were announced above {@link #none}: one place in memory for both,
     * since these are read at random.
     */
    private int[] places = new int[0];

    /** What stands for no basket in {@link #places}; it grows, so that nothing is cleared. */
    private int none;

    /**
     * Rows of items in the order in which these were first added, with floats as their bits. A row
     * has all that an addition changes, so that it is in one or two lines of the cache.
     */
    private int[] rows = new int[FEW];

    /** The end of the last row. */
    private int end;

    /** Length of a row. */
    private int width;

    /** Number of baskets that at most do not count. */
    private int latest;

    /**
     * Ensures capacity for items below {@code items}; may be called only when empty.
     *
     * @param k size of a group, at least 1
     */
    void reserve(int items, int k) {
        latest = k - 1;
        width = TIMES + 3 * latest;
        if (items > places.length) {
            places = new int[Math.max(items, places.length + places.length / 2)];
            none = 0;
        }
    }

    /**
     * Says that a basket with an item will be added. Where all baskets are announced first, those
     * of an item that no group {@linkplain #fillsGroup comes to} may be left out, which is cheaper
     * than adding them: most items are in too few baskets. Nothing may have been added yet.
     */
    void announce(int item) {
        places[item] = Math.max(places[item], none) + 1;
    }

    /** Returns whether enough baskets with an item were announced for a group. */
    boolean fillsGroup(int item) {
        return places[item] < 0 || places[item] - none > latest;
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
        int row = rowOrInsert(item);
        int start = row + TIMES;
        int known = Math.min(rows[row + PEOPLE]++, latest);
        int place = start + known;
        while (place > start && rows[place - 1] <= at) {
            place--;
        }
        int last = start + latest - 1;
        if (place > last) {
            addTo(row, amount, second);
            return;
        }
        if (known == latest) {
            addTo(row, floatAt(last + latest), floatAt(last + 2 * latest));
            known--;
        }
        for (int later = start + known; later > place; later--) {
            for (int of = 0; of < 3; of++) {
                rows[later + of * latest] = rows[later - 1 + of * latest];
            }
        }
        rows[place] = at;
        rows[place + latest] = Float.floatToRawIntBits(amount);
        rows[place + 2 * latest] = Float.floatToRawIntBits(second);
    }

    private void addTo(int row, float amount, float second) {
        rows[row + SUMS] = Float.floatToRawIntBits(floatAt(row + SUMS) + amount);
        rows[row + SUMS + 1] = Float.floatToRawIntBits(floatAt(row + SUMS + 1) + second);
    }

    private float floatAt(int place) {
        return Float.intBitsToFloat(rows[place]);
    }

    private int rowOrInsert(int item) {
        int place = places[item];
        if (place < 0) {
            return ~place;
        }
        int row = end;
        end += width;
        if (end > rows.length) {
            rows = Arrays.copyOf(rows, 2 * end);
        }
        rows[row + ITEM] = item;
        places[item] = ~row;
        return row;
    }

    /**
     * Returns the first sums of whole groups, times a weight, in the order in which their items
     * were first added. This is empty afterwards.
     */
    KAnonymousSums release(float weight) {
        int[] groups = wholeGroups();
        KAnonymousSums released = new KAnonymousSums(itemsOf(groups), whole(groups, 0, weight));
        clear();
        return released;
    }

    /** Returns both sums of whole groups, of the same items. This is empty afterwards. */
    BothSums releaseBoth() {
        int[] groups = wholeGroups();
        int[] of = itemsOf(groups);
        BothSums released =
                new BothSums(
                        new KAnonymousSums(of, whole(groups, 0, 1)),
                        new KAnonymousSums(of, whole(groups, 1, 1)));
        clear();
        return released;
    }

    /** Both sums of the same items. */
    record BothSums(KAnonymousSums first, KAnonymousSums second) {}

    /** Returns the rows of the items with a whole group. */
    private int[] wholeGroups() {
        int[] groups = new int[end / Math.max(1, width)];
        int size = 0;
        for (int row = 0; row < end; row += width) {
            if (rows[row + PEOPLE] > latest) {
                groups[size++] = row;
            }
        }
        return Arrays.copyOf(groups, size);
    }

    private int[] itemsOf(int[] groups) {
        int[] of = new int[groups.length];
        for (int at = 0; at < groups.length; at++) {
            of[at] = rows[groups[at] + ITEM];
        }
        return of;
    }

    private float[] whole(int[] groups, int which, float weight) {
        float[] whole = new float[groups.length];
        for (int at = 0; at < groups.length; at++) {
            int row = groups[at];
            int amounts = row + TIMES + (1 + which) * latest;
            float sum = floatAt(row + SUMS + which);
            for (int place = rows[row + PEOPLE] % (latest + 1); place < latest; place++) {
                sum += floatAt(amounts + place);
            }
            whole[at] = weight * sum;
        }
        return whole;
    }

    private void clear() {
        for (int row = 0; row < end; row += width) {
            places[rows[row + ITEM]] = 0;
        }
        Arrays.fill(rows, 0, end, 0);
        end = 0;
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
