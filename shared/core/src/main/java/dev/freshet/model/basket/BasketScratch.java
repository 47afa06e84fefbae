package dev.freshet.model.basket;

import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Sums;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What reading baskets needs besides the baskets, used again from request to request: 8 B an item
 * and 4 B a reader of the largest model read so far. At most {@value #KEPT} are kept; who finds
 * none makes one. One that is not given back, because its user threw, is garbage.
 */
final class BasketScratch {
    private static final int KEPT = 4;
    private static final AtomicReferenceArray<BasketScratch> POOL =
            new AtomicReferenceArray<>(KEPT);

    /** By slot. */
    final Sums weights = new Sums();

    /** By item. */
    final Sums scores = new Sums();

    /** By item. */
    final Sums others = new Sums();

    private BasketScratch() {}

    static BasketScratch take(int items, int slots) {
        BasketScratch scratch = null;
        for (int at = 0; at < KEPT && scratch == null; at++) {
            scratch = POOL.getAndSet(at, null);
        }
        if (scratch == null) {
            scratch = new BasketScratch();
        }
        scratch.weights.reserve(slots);
        scratch.scores.reserve(items);
        scratch.others.reserve(items);
        return scratch;
    }

    /** Only when everything in it is empty again. */
    void giveBack() {
        for (int at = 0; at < KEPT; at++) {
            if (POOL.compareAndSet(at, null, this)) {
                return;
            }
        }
    }

    /**
     * Takes out what one of the sums holds, by item, each scaled by a power of its holders. No
     * lambda: this is done for thousands of items a request.
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
