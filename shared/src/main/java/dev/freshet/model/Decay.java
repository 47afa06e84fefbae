package dev.freshet.model;

/**
 * Forward decay in fixed point. For half-life H, generation g of time spans 16 H; an event at t
 * adds round(2¹⁶ · 2^((t − 16 g H)/H)) to the 64-bit sum of its generation. A row keeps the newest
 * generation met and the one before; what is older weighs below 2⁻¹⁶ and is dropped. Whole numbers,
 * so additions commute and are taken back exactly: a row is a function of the set of its events. A
 * sum holds 2³¹ events.
 *
 * <p>Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009; the fixed point and
 * generations are ours.
 */
final class Decay {
    private static final int SPAN = 16;
    static final double ONE = 65_536;

    private Decay() {}

    static int generation(long epochSeconds, HalfLife halfLife) {
        return (int) Math.floorDiv(epochSeconds, (long) SPAN * halfLife.seconds());
    }

    /** What an event at this time adds to its generation: 2¹⁶ to 2³². */
    static long weight(long epochSeconds, HalfLife halfLife) {
        long span = (long) SPAN * halfLife.seconds();
        long within = Math.floorMod(epochSeconds, span);
        return (long)
                StrictMath.rint(StrictMath.pow(2, (double) within / halfLife.seconds()) * ONE);
    }

    /** One row on its way: read, added to, written back. */
    static final class Row {
        int newest;
        long even;
        long odd;

        /**
         * Adds or takes back one event.
         *
         * @param sign +1 to add an event, −1 to take one back
         */
        void add(long epochSeconds, HalfLife halfLife, int sign) {
            int generation = generation(epochSeconds, halfLife);
            if (generation < newest - 1 || (generation > newest && sign < 0)) {
                return;
            }
            boolean isEven = (generation & 1) == 0;
            if (generation > newest) {
                long before = generation == newest + 1 ? (isEven ? odd : even) : 0;
                even = isEven ? 0 : before;
                odd = isEven ? before : 0;
                newest = generation;
            }
            long weight = sign * weight(epochSeconds, halfLife);
            if (isEven) {
                even += weight;
            } else {
                odd += weight;
            }
        }
    }

    /**
     * The factor by which a generation's sum counts at a moment: 2^−((now − 16 g H)/H) / 2¹⁶. Above
     * 1 per event only for events ahead of {@code now}.
     */
    static double factor(int generation, double nowEpochSeconds, HalfLife halfLife) {
        double halfLives =
                (nowEpochSeconds - (double) SPAN * generation * halfLife.seconds())
                        / halfLife.seconds();
        return StrictMath.pow(2, -halfLives) / ONE;
    }

    /** A row's decayed count, in events as of {@code now}; never negative. */
    static double count(
            int newest, long even, long odd, double nowEpochSeconds, HalfLife halfLife) {
        if (even == 0 && odd == 0) {
            return 0;
        }
        long ofNewest = (newest & 1) == 0 ? even : odd;
        long ofBefore = (newest & 1) == 0 ? odd : even;
        double factor = factor(newest, nowEpochSeconds, halfLife);
        // Going back one generation multiplies by 2⁻¹⁶.
        return Math.max(0, factor * (ofNewest + ofBefore / ONE));
    }
}
