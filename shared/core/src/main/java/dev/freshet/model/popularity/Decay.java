package dev.freshet.model.popularity;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;

/**
 * Forward decay in fixed point. For half-life H, generation g of time spans 16 H; an event at t
 * adds round(2¹⁶ · 2^((t − 16 g H)/H)) to the 64-bit sum of its generation. A row keeps the newest
 * generation and the one before; older events weigh less than 2⁻¹⁶ and are dropped. Since the sums
 * are integers, additions commute and can be reverted exactly: a row is a function of the set of
 * its events. A sum holds 2³¹ events.
 *
 * <p>A row records the latest generation from which events were dropped. As long as none were
 * dropped, reverting events restores the earlier row to the bit. Afterwards, reverting restores the
 * row that the remaining events would have given, apart from the dropped ones, and never subtracts
 * events that were dropped.
 *
 * <p>Source: Cormode, Shkapenyuk, Srivastava, Xu, "Forward Decay", ICDE 2009; the fixed point and
 * the generations are additions of this implementation.
 */
public final class Decay {
    private static final int SPAN = 16;
    static final double ONE = 65_536;

    /** The value of {@link #lost} for a row from which nothing was dropped. */
    public static final int NOTHING_LOST = Integer.MIN_VALUE;

    private static final int GAP_BITS = 12;

    /**
     * The largest recorded distance, in generations, between the newest and the lost generation.
     */
    public static final int MAX_GAP = (1 << GAP_BITS) - 1;

    private static final int MAX_GENERATION = 1 << 18;

    /** The state of a row of decayed counts, without its sums. */
    public static final Form<Integer> STATE = Decay::state;

    private Decay() {}

    /** Returns the newest generation of a row. */
    public static int newest(int state) {
        return state >> GAP_BITS;
    }

    /** Returns the latest generation from which events were dropped, or {@link #NOTHING_LOST}. */
    public static int lost(int state) {
        int gap = state & MAX_GAP;
        return gap == 0 ? NOTHING_LOST : newest(state) - gap;
    }

    /**
     * Packs the newest and the lost generation into one int; 0 for a row that holds nothing and
     * dropped nothing. A distance above {@value #MAX_GAP} generations is recorded as {@value
     * #MAX_GAP}.
     *
     * @param newest newest generation, 18 bits: that of any {@link dev.freshet.example.ModelTime}
     * @param lost at least two generations before it, or {@link #NOTHING_LOST}
     */
    public static int state(int newest, int lost) {
        int gap = lost == NOTHING_LOST ? 0 : (int) Math.min(MAX_GAP, (long) newest - lost);
        return (newest << GAP_BITS) | gap;
    }

    /** Returns the generation of a time. */
    public static int generation(long epochSeconds, HalfLife halfLife) {
        return (int) Math.floorDiv(epochSeconds, (long) SPAN * halfLife.seconds());
    }

    /**
     * Returns the amount that an event at this time adds to the sum of its generation: 2¹⁶ to 2³².
     */
    static long weight(long epochSeconds, HalfLife halfLife) {
        long span = (long) SPAN * halfLife.seconds();
        long within = Math.floorMod(epochSeconds, span);
        return (long)
                StrictMath.rint(StrictMath.pow(2, (double) within / halfLife.seconds()) * ONE);
    }

    /** The working copy of one row, which is read, added to and written back. */
    static final class Row {
        /** The packed generations, in the format of {@link Decay#state}. */
        int state;

        long even;
        long odd;

        /**
         * Adds one event, or reverts one.
         *
         * @param sign +1 to add an event, −1 to revert one that was added
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
                stepBack();
            }
        }

        /** Returns whether the row is as if no event had ever been counted. */
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

        /**
         * Returns to the previous generation when the newest one is empty, unless events of that
         * generation were dropped.
         */
        private void stepBack() {
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
     * Returns the factor that converts a generation's sum to a decayed count: 2^−((now − 16 g H)/H)
     * / 2¹⁶. The count exceeds 1 per event only for events after {@code now}.
     */
    static double factor(int generation, double nowEpochSeconds, HalfLife halfLife) {
        double halfLives =
                (nowEpochSeconds - (double) SPAN * generation * halfLife.seconds())
                        / halfLife.seconds();
        return StrictMath.pow(2, -halfLives) / ONE;
    }

    /** Returns a row's decayed count, in events as of {@code now}; never negative. */
    static double count(
            int newest, long even, long odd, double nowEpochSeconds, HalfLife halfLife) {
        if (even == 0 && odd == 0) {
            return 0;
        }
        long ofNewest = (newest & 1) == 0 ? even : odd;
        long ofBefore = (newest & 1) == 0 ? odd : even;
        double factor = factor(newest, nowEpochSeconds, halfLife);
        // The weight of the previous generation is lower by a factor of 2¹⁶.
        return Math.max(0, factor * (ofNewest + ofBefore / ONE));
    }

    private static int state(Fields<Integer> fields) {
        int newest = Math.toIntExact(fields.zigzag(Decay::newest));
        MalformedBytesException.unless(
                newest >= -MAX_GENERATION && newest <= MAX_GENERATION,
                "a generation of decayed counts is out of range");
        int gap = fields.upTo(MAX_GAP, Decay::gap);
        MalformedBytesException.unless(
                gap != 1, "a row of decayed counts has a lost generation that it still holds");
        return state(newest, gap == 0 ? NOTHING_LOST : newest - gap);
    }

    private static int gap(int state) {
        int lost = lost(state);
        return lost == NOTHING_LOST ? 0 : newest(state) - lost;
    }

    /**
     * The factors of {@link Decay} at one point in time, each computed at its first use for many
     * rows. Used by one thread.
     */
    public static final class Clock {
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
        public Clock(double nowEpochSeconds) {
            now = nowEpochSeconds;
            for (HalfLife halfLife : ALL) {
                first[halfLife.at()] = Decay.generation((long) Math.floor(now), halfLife) - BACK;
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
            int at = halfLife.at() * KEPT + back;
            if (factors[at] == 0) {
                factors[at] = Decay.factor(newest, now, halfLife);
            }
            return Math.max(0, factors[at] * sum);
        }
    }
}
