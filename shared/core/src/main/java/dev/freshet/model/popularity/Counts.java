package dev.freshet.model.popularity;

import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.Ints;
import dev.freshet.model.rows.Longs;

/**
 * Decayed counts per item at every {@link HalfLife}, and the undecayed one beside; 104 B an item. A
 * person counts once per item and day.
 *
 * @param states per item and half-life, as {@link Decay#state}
 */
public record Counts(Ints states, Longs sums, Ints totals) {
    public static final int HALF_LIVES = HalfLife.values().length;
    public static final Counts EMPTY = new Counts(Ints.EMPTY, Longs.EMPTY, Ints.EMPTY);

    public double at(int item, HalfLife halfLife, DecayClock clock) {
        int row = row(item, halfLife);
        return clock.count(
                Decay.newest(states.get(row)), sums.get(2 * row), sums.get(2 * row + 1), halfLife);
    }

    public static int row(int item, HalfLife halfLife) {
        return item * HALF_LIVES + halfLife.at();
    }

    public Draft draft() {
        return new Draft(states.draft(), sums.draft(), totals.draft());
    }

    /** The mutable continuation. */
    public record Draft(Ints.Draft states, Longs.Draft sums, Ints.Draft totals) {
        private static final HalfLife[] ALL = HalfLife.values();

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

        public Counts peek() {
            return new Counts(states.peek(), sums.peek(), totals.peek());
        }

        public Counts seal() {
            return new Counts(states.seal(), sums.seal(), totals.seal());
        }
    }
}
