package dev.freshet.model.basket;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Working memory for queries over baskets, reused from request to request: 16 B an item of the
 * largest model queried so far. At most {@value #POOL_SIZE} are pooled; a caller that finds the
 * pool empty gets a new one. One that is not given back because of an exception is left to the
 * garbage collector.
 */
final class BasketScratch {
    private static final int POOL_SIZE = 4;
    private static final AtomicReferenceArray<BasketScratch> POOL =
            new AtomicReferenceArray<>(POOL_SIZE);

    /** Scores by item. */
    final Sums scores = new Sums();

    /** A second set of scores by item. */
    final Sums secondaryScores = new Sums();

    /** Sums by item of what enough baskets contribute to. */
    final SupportCounts supported = new SupportCounts();

    /** A second set of such sums by item. */
    final SupportCounts secondarySupported = new SupportCounts();

    /** Baskets that are read. */
    final OpenedBaskets opened = new OpenedBaskets();

    private BasketScratch() {}

    /** Returns empty working memory for what baskets hold with positive strength. */
    static BasketScratch of(Baskets baskets, int k) {
        return acquire(baskets.holders().counts().size(), k);
    }

    /** Returns empty working memory for this many items, and people from which on a pair counts. */
    static BasketScratch acquire(int items, int k) {
        BasketScratch scratch = null;
        for (int at = 0; at < POOL_SIZE && scratch == null; at++) {
            scratch = POOL.getAndSet(at, null);
        }
        if (scratch == null) {
            scratch = new BasketScratch();
        }
        scratch.scores.reserve(items);
        scratch.secondaryScores.reserve(items);
        scratch.supported.reserve(items, k);
        scratch.secondarySupported.reserve(items, k);
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
     * Some baskets, looked up before any of them is read. Look-ups that follow each other at once
     * wait for memory together; with the reading of a basket between them, each waits for itself.
     * For at most {@value #MOST} baskets. Not thread-safe.
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

        /** Looks up the baskets of some slots, in place of those before. */
        void open(Baskets from, int[] slots) {
            size = 0;
            openMore(from, slots);
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
}
