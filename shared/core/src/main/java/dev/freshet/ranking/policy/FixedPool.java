package dev.freshet.ranking.policy;

/** Alternatives whose worth does not depend on what is placed. Used by one thread. */
public final class FixedPool implements Pool {
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
