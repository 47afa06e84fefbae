package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Sums;
import dev.freshet.model.settings.ModelSettings;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Working memory for queries over baskets, reused from request to request: 20 B an item and 8 B a
 * user of the largest model queried so far, and 164 KB. At most {@value #POOL_SIZE} are pooled; a
 * caller that finds the pool empty gets a new one. One that is not given back because of an
 * exception is left to the garbage collector.
 */
final class BasketScratch {
    private static final int POOL_SIZE = 4;
    private static final AtomicReferenceArray<BasketScratch> POOL =
            new AtomicReferenceArray<>(POOL_SIZE);

    /** Weights by basket slot. */
    final Sums weights = new Sums();

    /** Scores by item. */
    final Sums scores = new Sums();

    /** A second set of scores by item. */
    final Sums secondaryScores = new Sums();

    /** Numbers of slots. */
    final DenseIndex slots = new DenseIndex();

    /** Sums by item of what enough baskets contribute to. */
    final SupportCounts supported = new SupportCounts();

    /** A second set of such sums by item. */
    final SupportCounts secondarySupported = new SupportCounts();

    /** Numbers of the items that enough of some baskets hold. */
    final CommonItems common = new CommonItems();

    /** Entries of baskets; of any content. */
    final EntriesRead entries = new EntriesRead();

    /** Baskets that are read. */
    final OpenedBaskets opened = new OpenedBaskets();

    private BasketScratch() {}

    /** Returns empty working memory for what baskets hold with positive strength. */
    static BasketScratch of(Baskets baskets) {
        return acquire(baskets.holders().counts().size(), baskets.keys().size());
    }

    /** Returns empty working memory for this many items and slots. */
    static BasketScratch acquire(int items, int slots) {
        BasketScratch scratch = null;
        for (int at = 0; at < POOL_SIZE && scratch == null; at++) {
            scratch = POOL.getAndSet(at, null);
        }
        if (scratch == null) {
            scratch = new BasketScratch();
        }
        scratch.weights.reserve(slots);
        scratch.scores.reserve(items);
        scratch.secondaryScores.reserve(items);
        scratch.slots.reserve(slots);
        scratch.supported.reserve(items);
        scratch.secondarySupported.reserve(items);
        scratch.common.reserve(items);
        return scratch;
    }

    /** Returns this to the pool. Every sum and every index must be empty. */
    void release() {
        opened.clear();
        for (int at = 0; at < POOL_SIZE; at++) {
            if (POOL.compareAndSet(at, null, this)) {
                return;
            }
        }
    }

    /**
     * Empties sums by item and returns the positive ones, each scaled by a power of the number of
     * baskets that hold the item. No lambda is involved, since this runs for thousands of items a
     * request.
     */
    static IntFloats drain(Sums sums, Ints holders, BasketTables.Powers scale) {
        int[] keys = new int[sums.size()];
        float[] values = new float[sums.size()];
        int size = 0;
        for (int order = 0; order < sums.size(); order++) {
            int key = sums.key(order);
            float sum = sums.take(key);
            if (sum > 0) {
                keys[size] = key;
                values[size++] = sum * scale.of(holders.get(key));
            }
        }
        sums.clear();
        return size == keys.length
                ? IntFloats.ofDistinct(keys, values)
                : IntFloats.ofDistinct(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
    }

    /**
     * The entries that were read of some baskets, in the order of the baskets, so that further
     * passes over them read memory in sequence. 8 B an entry, for at most {@link
     * CoOccurrence#ENTRIES_READ} and those of one basket more.
     */
    static final class EntriesRead {
        private static final int MOST = CoOccurrence.ENTRIES_READ + ModelSettings.BASKET_ENTRIES;

        /** By entry, its item; after {@link #number} the number of the item. */
        private final int[] candidates = new int[MOST];

        private final int[] lastInteractions = new int[MOST];
        private final int[] starts = new int[CoOccurrence.HEAVIEST + 1];
        private int size;

        /** Removes all entries. */
        void clear() {
            size = 0;
        }

        /**
         * Adds an entry to the basket that is being read.
         *
         * @param lastInteractionAt as {@link dev.freshet.example.ModelTime}
         */
        void add(int item, int lastInteractionAt) {
            candidates[size] = item;
            lastInteractions[size++] = lastInteractionAt;
        }

        /** Ends the basket that is being read, by its number from 0. */
        void end(int basket) {
            starts[basket + 1] = size;
        }

        /**
         * Keeps the entries of the items that have a number.
         *
         * @param baskets how many were read
         */
        void number(int baskets, CommonItems common) {
            int from = 0;
            size = 0;
            for (int basket = 0; basket < baskets; basket++) {
                int end = starts[basket + 1];
                for (int entry = from; entry < end; entry++) {
                    int number = common.number(candidates[entry]);
                    candidates[size] = number;
                    lastInteractions[size] = lastInteractions[entry];
                    size += number >= 0 ? 1 : 0;
                }
                end(basket);
                from = end;
            }
        }

        /** Returns the first entry of a basket; the last is before the start of the next one. */
        int start(int basket) {
            return starts[basket];
        }

        /** Returns the number of an entry's item. */
        int candidate(int entry) {
            return candidates[entry];
        }

        /** Returns the time of an entry's latest interaction. */
        int lastInteractionAt(int entry) {
            return lastInteractions[entry];
        }
    }

    /**
     * Some baskets, looked up before any of them is read. Look-ups that follow each other at once
     * wait for memory together; with the reading of a basket between them, each waits for itself.
     * For at most {@link NextItems#MAX_OPENED} baskets. Not thread-safe.
     */
    static final class OpenedBaskets {
        private static final int MOST = NextItems.MAX_OPENED;

        private final int[][] baskets = new int[MOST][];
        private int size;

        /** Returns the number of baskets. */
        int size() {
            return size;
        }

        /** Returns a basket by its number, from 0. */
        int[] get(int number) {
            return baskets[number];
        }

        /**
         * Looks up the baskets of some slots, in place of those before.
         *
         * @param slots at most {@link NextItems#MAX_OPENED}
         * @param mostEntries no further basket is looked up once this many entries are in those
         *     before
         */
        void open(Baskets from, int[] slots, int mostEntries) {
            for (int at = 0; at < slots.length; at++) {
                baskets[at] = from.basket(slots[at]);
            }
            int entries = 0;
            size = 0;
            while (size < slots.length && entries < mostEntries) {
                entries += BasketEntries.size(baskets[size++]);
            }
        }

        /** Looks up the baskets of some slots too, behind those before. */
        void openMore(Baskets from, int[] slots) {
            for (int slot : slots) {
                baskets[size++] = from.basket(slot);
            }
        }

        /** Looks up the baskets of the last slots of an array, the last first. */
        void openLast(Baskets from, int[] slots, int most) {
            size = Math.min(most, slots.length);
            for (int at = 0; at < size; at++) {
                baskets[at] = from.basket(slots[slots.length - 1 - at]);
            }
        }

        /** Returns whether the baskets are these very arrays, in this order. */
        @SuppressWarnings("ReferenceEquality") // baskets are replaced, never changed
        boolean are(int[][] others) {
            boolean same = others.length == size;
            for (int at = 0; at < size && same; at++) {
                same = baskets[at] == others[at];
            }
            return same;
        }

        /** Returns the baskets in an array of their own. */
        int[][] copy() {
            return Arrays.copyOf(baskets, size);
        }

        /** Forgets the baskets, so that they may be collected with their model. */
        void clear() {
            Arrays.fill(baskets, null);
            size = 0;
        }
    }

    /**
     * Numbers the items that at least k of some baskets hold, in the order in which they are first
     * counted. Most items of the baskets that are like a user's are held by fewer, and need no more
     * than their count. For repeated use: a look-up is one array access, and clearing costs only
     * the items present. 4 B for each item of the model, and 4 B for each item counted. Not
     * thread-safe.
     */
    static final class CommonItems {
        /** By item: how many baskets were counted; after {@link #end} its number plus one. */
        private int[] places = new int[0];

        private int[] items = new int[256];
        private int size;

        /** Ensures capacity for items below {@code items}; may be called only when empty. */
        void reserve(int items) {
            if (items > places.length) {
                places = new int[Math.max(items, places.length + places.length / 2)];
            }
        }

        /** Ensures capacity for this many calls of {@link #count}, which does not do so itself. */
        void expect(int counts) {
            if (size + counts >= items.length) {
                items = Arrays.copyOf(items, Math.max(size + counts + 1, 2 * items.length));
            }
        }

        /**
         * Counts a basket that holds an item. It has no branch, since whether an item is new is
         * hardly predictable.
         */
        void count(int item) {
            int before = places[item];
            items[size] = item;
            size += before == 0 ? 1 : 0;
            places[item] = before + 1;
        }

        /**
         * Ends the counting: numbers the items that at least k baskets hold, and drops the others.
         */
        void end(int k) {
            int common = 0;
            for (int order = 0; order < size; order++) {
                int item = items[order];
                boolean enough = places[item] >= k;
                items[common] = item;
                common += enough ? 1 : 0;
                places[item] = enough ? common : 0;
            }
            size = common;
        }

        /** Returns how many items have a number, once they do. */
        int size() {
            return size;
        }

        /** Returns an item by its number, from 0. */
        int item(int number) {
            return items[number];
        }

        /** Returns the number of an item, or −1. */
        int number(int item) {
            return places[item] - 1;
        }

        /** Removes all items. */
        void clear() {
            for (int order = 0; order < size; order++) {
                places[items[order]] = 0;
            }
            size = 0;
        }
    }
}
