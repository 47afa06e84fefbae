package dev.freshet.model.basket;

import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rows.Sums;
import dev.freshet.model.settings.ModelSettings;

/**
 * What like-minded readers met lately: a basket's weight over the root of its size goes to its
 * items, halved for every {@value #HALF_LIFE} seconds since each was last met. Popularity among
 * those who share a taste, at no further cost than reading their baskets.
 */
final class RecentCoOccurrence {
    static final int HALF_LIFE = 43_200;

    private static final int STEPS = 16;
    private static final int STEP = HALF_LIFE / STEPS;
    private static final float[] FADING = new float[7 * STEPS];
    private static final float[] ROOTS = new float[ModelSettings.BASKET_ENTRIES + 1];

    static {
        for (int step = 0; step < FADING.length; step++) {
            FADING[step] = (float) StrictMath.pow(2, -(double) step / STEPS);
        }
        for (int size = 1; size < ROOTS.length; size++) {
            ROOTS[size] = (float) (1 / Math.sqrt(size));
        }
    }

    private final int now;

    /** As of then, a {@link dev.freshet.example.ModelTime}. */
    RecentCoOccurrence(int now) {
        this.now = now;
    }

    /** What one of a basket's items gets of each unit of the basket's weight. */
    float share(int[] basket, int item) {
        int at = BasketEntries.find(basket, item);
        return at < 0 ? 0 : ROOTS[BasketEntries.size(basket)] * fading(basket, at);
    }

    void spread(int[] basket, float weight, Sums recent) {
        int size = BasketEntries.size(basket);
        float each = weight * ROOTS[size];
        recent.expect(size);
        for (int at = 0; at < size; at++) {
            float fading = fading(basket, at);
            if (fading > 0) {
                recent.add(BasketEntries.item(basket, at), each * fading);
            }
        }
    }

    private float fading(int[] basket, int at) {
        long step = Math.max(0, (long) now - BasketEntries.lastInteractionAt(basket, at)) / STEP;
        return step < FADING.length && BasketEntries.positive(basket, at) ? FADING[(int) step] : 0;
    }
}
