package dev.freshet.model.basket;

import dev.freshet.model.rows.DenseIndex;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Sums;
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
}
