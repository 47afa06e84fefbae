package dev.freshet.model.basket;

import dev.freshet.model.settings.ModelSettings;

/**
 * Recent co-occurrence: a basket's weight, divided by the square root of its size, is passed to
 * each of its items, halved for every {@value #HALF_LIFE} seconds since the item's latest
 * interaction in the basket. The result is popularity among users with items in common, at no cost
 * beyond reading their baskets.
 *
 * @param now the present, a {@link dev.freshet.example.ModelTime}
 */
record RecentCoOccurrence(int now) {
    /** The half-life in seconds. */
    static final int HALF_LIFE = 43_200;

    private static final int STEPS = 16;
    private static final int STEP = HALF_LIFE / STEPS;
    private static final float[] DECAY = new float[7 * STEPS];
    private static final float[] ROOTS = new float[ModelSettings.BASKET_ENTRIES + 1];

    static {
        for (int step = 0; step < DECAY.length; step++) {
            DECAY[step] = (float) StrictMath.pow(2, -(double) step / STEPS);
        }
        for (int size = 1; size < ROOTS.length; size++) {
            ROOTS[size] = (float) (1 / Math.sqrt(size));
        }
    }

    /**
     * Returns one over the root of a number of entries, up to {@link ModelSettings#BASKET_ENTRIES}.
     */
    static float rootShare(int entries) {
        return ROOTS[entries];
    }

    /**
     * Returns how much an interaction counts by its age, 0 to 1.
     *
     * @param at a {@link dev.freshet.example.ModelTime}
     */
    float decay(int at) {
        long step = Math.max(0, (long) now - at) / STEP;
        return step < DECAY.length ? DECAY[(int) step] : 0;
    }
}
