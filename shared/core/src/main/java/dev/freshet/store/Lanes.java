package dev.freshet.store;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * Takes the steps 0 … n−1, in order within a lane, and tells how far from the front all are done.
 * What runs beside what is the implementation's own affair: threads in production ({@link
 * OrderedLanes}), one seeded order after another in the simulator.
 */
@FunctionalInterface
public interface Lanes {
    /**
     * Takes the steps.
     *
     * @param lane the lane of a step
     * @param step does the work; true when it is done, false when it has to come again. What it
     *     throws is thrown here.
     * @return the length of the prefix in which every step is done
     */
    int finishedPrefix(int steps, IntFunction<String> lane, IntPredicate step);
}
