package dev.freshet.model.popularity;

/** The factors of {@link Decay} at one point in time, computed once for many rows. */
public final class DecayClock {
    private static final HalfLife[] ALL = HalfLife.values();

    /**
     * The number of generations before the current one that are counted; the fourth weighs less
     * than 2⁻⁴⁸.
     */
    private static final int BACK = 3;

    private static final int KEPT = BACK + 2;

    private final double now;
    private final int[] first = new int[ALL.length];
    private final double[] factors = new double[ALL.length * KEPT];

    /** Creates the factors of a point in time. */
    public DecayClock(double nowEpochSeconds) {
        now = nowEpochSeconds;
        for (HalfLife halfLife : ALL) {
            int at = halfLife.at();
            first[at] = Decay.generation((long) Math.floor(now), halfLife) - BACK;
            for (int i = 0; i < KEPT; i++) {
                factors[at * KEPT + i] = Decay.factor(first[at] + i, now, halfLife);
            }
        }
    }

    double now() {
        return now;
    }

    /** Returns a row's decayed count at this time, see {@link Decay#count}. */
    double count(int newest, long even, long odd, HalfLife halfLife) {
        if ((even | odd) == 0) {
            return 0;
        }
        int back = newest - first[halfLife.at()];
        if (back < 0) {
            return 0;
        }
        if (back >= KEPT) {
            return Decay.count(newest, even, odd, now, halfLife);
        }
        boolean isEven = (newest & 1) == 0;
        double sum = (isEven ? even : odd) + (isEven ? odd : even) / Decay.ONE;
        return Math.max(0, factors[halfLife.at() * KEPT + back] * sum);
    }
}
