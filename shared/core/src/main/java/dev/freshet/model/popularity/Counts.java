package dev.freshet.model.popularity;

import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;

/**
 * Decayed counts per item at every {@link HalfLife}, and the undecayed count; 104 B an item. A user
 * counts once per item and day.
 *
 * @param states per item and half-life, in the format of {@link Decay#state}
 * @param sums per item and half-life, the sums of the even and the odd generation
 * @param totals per item, the undecayed count
 */
public record Counts(Ints states, Longs sums, Ints totals) {
    /** The number of half-lives. */
    public static final int HALF_LIVES = HalfLife.values().length;

    public static final Counts EMPTY = new Counts(Ints.EMPTY, Longs.EMPTY, Ints.EMPTY);

    /** Returns an item's decayed count at the clock's time. */
    public double at(int item, HalfLife halfLife, Decay.Clock clock) {
        int row = row(item, halfLife);
        return clock.count(
                Decay.newest(states.get(row)), sums.get(2 * row), sums.get(2 * row + 1), halfLife);
    }

    /** Returns the index into {@code states} of an item and a half-life. */
    public static int row(int item, HalfLife halfLife) {
        return item * HALF_LIVES + halfLife.at();
    }

    /** Returns a mutable continuation. */
    public Draft draft() {
        return new Draft(states.draft(), sums.draft(), totals.draft());
    }

    /** The mutable continuation of {@link Counts}. */
    public record Draft(Ints.Draft states, Longs.Draft sums, Ints.Draft totals)
            implements Continuation<Counts> {
        private static final HalfLife[] ALL = HalfLife.values();

        /**
         * Adds an event to an item's counts, or subtracts one.
         *
         * @param time a {@link ModelTime}
         * @param sign +1 to add an event, −1 to subtract one that was added
         */
        public void add(int item, int time, int sign) {
            Decay.Row row = new Decay.Row();
            for (HalfLife halfLife : ALL) {
                int at = row(item, halfLife);
                row.state = states.get(at);
                row.even = sums.get(2 * at);
                row.odd = sums.get(2 * at + 1);
                row.add(ModelTime.epochSeconds(time), halfLife, sign);
                states.set(at, row.state);
                sums.set(2 * at, row.even);
                sums.set(2 * at + 1, row.odd);
            }
            totals.set(item, totals.get(item) + sign);
        }

        @Override
        public Counts content(boolean sealed) {
            return new Counts(states.content(sealed), sums.content(sealed), totals.content(sealed));
        }
    }
}
