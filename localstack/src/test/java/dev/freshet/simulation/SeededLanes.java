package dev.freshet.simulation;

import dev.freshet.store.Lanes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * Lanes on one thread that draw which lane makes the next step, so that each seed gives another
 * interleaving of users. As with threads, steps after an unfinished one may have begun.
 */
record SeededLanes(RandomGenerator random) implements Lanes {
    @Override
    public int finishedPrefix(int steps, IntFunction<String> lane, IntPredicate step) {
        Map<String, Deque<Integer>> byLane = new LinkedHashMap<>();
        for (int i = 0; i < steps; i++) {
            byLane.computeIfAbsent(lane.apply(i), key -> new ArrayDeque<>()).add(i);
        }
        List<Deque<Integer>> open = new ArrayList<>(byLane.values());
        int unfinished = steps;
        while (!open.isEmpty()) {
            int at = random.nextInt(open.size());
            int i = open.get(at).removeFirst();
            boolean stopped = i >= unfinished;
            if (!stopped && !step.test(i)) {
                unfinished = i;
                stopped = true;
            }
            if (stopped || open.get(at).isEmpty()) {
                open.remove(at);
            }
        }
        return unfinished;
    }
}
