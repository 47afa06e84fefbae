package dev.freshet.ranking.policy;

/** Alternatives for the next place of a list; what is placed changes what the others are worth. */
public interface Pool {
    /** Alternatives whose worth does not depend on what is placed. Used by one thread. */
    final class FixedPool implements Pool {
        final double[] worth;
        private final boolean[] placed;

        /** Creates a pool of which nothing is placed; it keeps the array. */
        public FixedPool(double... worth) {
            this.worth = worth;
            placed = new boolean[worth.length];
        }

        @Override
        public int size() {
            return worth.length;
        }

        @Override
        public boolean open(int index) {
            return !placed[index];
        }

        @Override
        public double worth(int index) {
            return worth[index];
        }

        @Override
        public void place(int index) {
            if (index < placed.length) {
                placed[index] = true;
            }
        }
    }

    /** Returns the number of alternatives, placed ones included. */
    int size();

    /** Returns whether the alternative can still be placed. */
    boolean open(int index);

    /** Returns what an open alternative is worth at the next place; larger is better. */
    double worth(int index);

    /**
     * Gives the next place to an alternative.
     *
     * @param index of any alternative; one behind the last stands for an item that is not in the
     *     pool, which takes a place all the same
     */
    void place(int index);
}
