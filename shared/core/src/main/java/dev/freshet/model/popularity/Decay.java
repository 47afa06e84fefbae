package dev.freshet.model.popularity;

/**
 * Forward decay in fixed point. For half-life H, generation g of time spans 16 H; an event at t
 * adds round(2¹⁶ · 2^((t − 16 g H)/H)) to the 64-bit sum of its generation. A row keeps the newest
 * generation met and the one before; what is older weighs below 2⁻¹⁶ and is dropped. Whole numbers,
 * so additions commute and are taken back exactly: a row is a function of the set of its events. A
 * sum holds 2³¹ events.
 *
 * <p>A row remembers the latest generation of which something was dropped. While it dropped nothing
 * it goes back, with what is taken back, to what it was before, to the bit; past that, to what it
 * would be but for what was dropped, and never takes back what it no longer holds.
 *
 * <p>Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009; the fixed point and
 * generations are ours.
 */
public final class Decay {
    private static final int SPAN = 16;
    static final double ONE = 65_536;

    /** Of a row that dropped nothing. */
    public static final int NOTHING_LOST = Integer.MIN_VALUE;

    private static final int GAP_BITS = 12;
    public static final int MOST_GAP = (1 << GAP_BITS) - 1;

    private Decay() {}

    /** The newest generation that a row's state tells of. */
    public static int newest(int state) {
        return state >> GAP_BITS;
    }

    /** The latest generation of which the row dropped something, or {@link #NOTHING_LOST}. */
    public static int lost(int state) {
        int gap = state & MOST_GAP;
        return gap == 0 ? NOTHING_LOST : newest(state) - gap;
    }

    /**
     * Both in one int, 0 for a row that holds nothing and lost nothing. What was lost longer ago
     * than {@value #MOST_GAP} generations counts as lost then.
     *
     * @param newest as of any time that a model can hold: 18 bits
     * @param lost at least two generations before it, or {@link #NOTHING_LOST}
     */
    public static int state(int newest, int lost) {
        int gap = lost == NOTHING_LOST ? 0 : (int) Math.min(MOST_GAP, (long) newest - lost);
        return (newest << GAP_BITS) | gap;
    }

    public static int generation(long epochSeconds, HalfLife halfLife) {
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
        /** As {@link Decay#state}. */
        int state;

        long even;
        long odd;

        /**
         * Adds or takes back one event.
         *
         * @param sign +1 to add an event, −1 to take one back that was added
         */
        void add(long epochSeconds, HalfLife halfLife, int sign) {
            int generation = generation(epochSeconds, halfLife);
            if (sign > 0 && isBlank()) {
                state = state(generation, NOTHING_LOST);
            }
            int newest = newest(state);
            if (generation < newest - 1) {
                if (sign > 0) {
                    state = state(newest, Math.max(lost(state), generation));
                }
                return;
            }
            if (generation > newest) {
                if (sign < 0) {
                    return;
                }
                open(generation);
            }
            long weight = sign * weight(epochSeconds, halfLife);
            if ((generation & 1) == 0) {
                even = Math.max(0, even + weight);
            } else {
                odd = Math.max(0, odd + weight);
            }
            if (sign < 0) {
                goBack();
            }
        }

        /** Whether it is as if nothing had ever been counted. */
        boolean isBlank() {
            return state == 0 && even == 0 && odd == 0;
        }

        private void open(int generation) {
            int newest = newest(state);
            boolean evenLeads = (newest & 1) == 0;
            long leading = evenLeads ? even : odd;
            long following = evenLeads ? odd : even;
            boolean next = generation == newest + 1;
            int lost = lost(state);
            if (!next && leading != 0) {
                lost = Math.max(lost, newest);
            } else if (following != 0) {
                lost = Math.max(lost, newest - 1);
            }
            long before = next ? leading : 0;
            boolean isEven = (generation & 1) == 0;
            even = isEven ? 0 : before;
            odd = isEven ? before : 0;
            state = state(generation, lost);
        }

        /** Steps back from a generation that is empty again, as far as nothing was lost. */
        private void goBack() {
            int newest = newest(state);
            int lost = lost(state);
            if (even == 0 && odd == 0) {
                state = lost == NOTHING_LOST ? 0 : state;
            } else if (((newest & 1) == 0 ? even : odd) == 0 && lost < newest - 2) {
                state = state(newest - 1, lost);
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
