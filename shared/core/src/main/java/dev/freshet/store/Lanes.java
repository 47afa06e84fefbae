package dev.freshet.store;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Runs the steps 0 … n−1, in order within a lane, and returns how long a prefix of them is done.
 * How lanes are interleaved is up to the implementation: threads in production ({@link
 * OrderedLanes}), a seeded order in the simulator.
 */
@FunctionalInterface
public interface Lanes {
    /**
     * Runs the steps.
     *
     * @param lane returns the lane of a step
     * @param step does the work; returns true when the step is done, false when it has to be
     *     repeated later. Its exceptions are thrown by this method.
     * @return the length of the prefix in which every step is done
     */
    int finishedPrefix(int steps, IntFunction<String> lane, IntPredicate step);
}
