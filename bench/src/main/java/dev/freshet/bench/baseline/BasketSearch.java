package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * The baskets that share items with a query: the most recent ones first, of these the most similar.
 * The first step of V-SKNN, STAN and VSTAN. Used by one thread, for one request after another.
 *
 * <p>A search costs O(query · sample) and a sort of what was found.
 */
final class BasketSearch {
    private final UserBaskets baskets;
    private final int sample;
    private final int neighbours;

    private float[] similarities = new float[0];
    private int[] touched = new int[0];
    private int touchedCount;

    /**
     * Creates a search.
     *
     * @param sample number of the most recent baskets with a shared item that are considered
     * @param neighbours number of the most similar of them that {@link #nearest} returns
     */
    BasketSearch(UserBaskets baskets, int sample, int neighbours) {
        this.baskets = baskets;
        this.sample = sample;
        this.neighbours = neighbours;
    }

    /**
     * Finds the most recent baskets that share an item with a query. The similarity of each is the
     * sum of the weights of the shared items.
     *
     * @param query distinct items
     * @param length number of items of the query
     * @param weights weight of each of them, above 0
     * @param own basket that is left out, or −1
     */
    void find(int[] query, int length, float[] weights, int own) {
        reset();
        if (similarities.length < baskets.count()) {
            similarities = Arrays.copyOf(similarities, 2 * baskets.count());
            touched = new int[similarities.length];
        }
        for (int place = 0; place < length; place++) {
            int[] holders = baskets.holders(query[place]);
            int left = sample;
            for (int i = baskets.holderCount(query[place]) - 1; i >= 0 && left > 0; i--) {
                int basket = holders[i];
                if (basket != own) {
                    if (similarities[basket] == 0) {
                        touched[touchedCount++] = basket;
                    }
                    similarities[basket] += weights[place];
                    left--;
                }
            }
        }
        keepTheMostRecent();
    }

    /** Keeps only the {@link #sample} most recently active of the touched baskets. */
    private void keepTheMostRecent() {
        if (touchedCount <= sample) {
            return;
        }
        long[] byAge = new long[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            byAge[i] = (long) baskets.lastActive(touched[i]) << 32 | touched[i];
        }
        Arrays.sort(byAge);
        for (int i = 0; i < touchedCount; i++) {
            int basket = (int) byAge[touchedCount - 1 - i];
            touched[i] = basket;
            if (i >= sample) {
                similarities[basket] = 0;
            }
        }
        touchedCount = sample;
    }

    /** Returns the number of baskets found, at most the sample. */
    int found() {
        return touchedCount;
    }

    /** Multiplies each similarity by a factor of its basket, from 0. */
    void scale(IntToDoubleFunction factor) {
        for (int i = 0; i < touchedCount; i++) {
            similarities[touched[i]] *= (float) factor.applyAsDouble(touched[i]);
        }
    }

    /**
     * Moves the most similar baskets to the front, of equal ones the first found, and returns their
     * number.
     */
    int nearest() {
        if (touchedCount <= neighbours) {
            return touchedCount;
        }
        long[] order = new long[touchedCount];
        for (int i = 0; i < touchedCount; i++) {
            int bits = Float.floatToIntBits(similarities[touched[i]]);
            order[i] = (long) bits << 32 | (Integer.MAX_VALUE - i);
        }
        Arrays.sort(order);
        int[] found = Arrays.copyOf(touched, touchedCount);
        for (int i = 0; i < touchedCount; i++) {
            touched[i] = found[Integer.MAX_VALUE - (int) order[touchedCount - 1 - i]];
        }
        return neighbours;
    }

    /** Returns the basket at a place, from 0. */
    int basket(int place) {
        return touched[place];
    }

    /** Returns the similarity of a basket that was found. */
    float similarity(int basket) {
        return similarities[basket];
    }

    private void reset() {
        for (int i = 0; i < touchedCount; i++) {
            similarities[touched[i]] = 0;
        }
        touchedCount = 0;
    }
}
