package dev.freshet.model.blend;

/**
 * Pseudorandom numbers that are equal for all processes that start from the same seed: SplitMix64
 * (Steele, Lea, Flood 2014) over a counter. Used by one thread.
 */
public final class Draws {
    private long draws;

    /** Creates draws from a seed; equal seeds draw equal numbers. */
    public Draws(long seed) {
        draws = seed;
    }

    /** Returns a number from 0 to {@code bound} − 1. */
    public int below(int bound) {
        return number(++draws, bound);
    }

    /** Returns the number of a draw, 0 to {@code bound} − 1. */
    static int number(long draw, int bound) {
        long mixed = draw * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (int) Long.remainderUnsigned(mixed, bound);
    }
}
