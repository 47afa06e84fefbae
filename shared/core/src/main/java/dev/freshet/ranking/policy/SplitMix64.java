package dev.freshet.ranking.policy;

import java.util.random.RandomGenerator;

/**
 * The generator SplitMix64 (Steele, Lea and Flood, Fast splittable pseudorandom number generators,
 * OOPSLA 2014). It is written out here so that one seed gives one list on every version of the
 * runtime, and so that an evaluation can draw the list again. Not for several threads.
 */
public final class SplitMix64 implements RandomGenerator {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1p-53;

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    @Override
    public long nextLong() {
        state += STEP;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** Returns a number from 0 (inclusive) to 1 (exclusive), from the upper 53 bits. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }
}
