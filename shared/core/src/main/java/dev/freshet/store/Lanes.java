package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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

    /**
     * Runs lanes in parallel.
     *
     * <p>A step that is not done stops its lane, and prevents the start of every later step of any
     * lane: everything after the lowest unfinished step will be delivered again, so work on it
     * would be wasted.
     *
     * @param width most lanes in parallel, each on a virtual thread
     */
    record OrderedLanes(int width) implements Lanes {
        public OrderedLanes {
            require(width >= 1, "width must be at least 1");
        }

        @Override
        public int finishedPrefix(int steps, IntFunction<String> lane, IntPredicate step) {
            Map<String, List<Integer>> lanes = new LinkedHashMap<>();
            for (int i = 0; i < steps; i++) {
                lanes.computeIfAbsent(lane.apply(i), key -> new ArrayList<>()).add(i);
            }
            List<List<Integer>> queue = List.copyOf(lanes.values());
            AtomicInteger nextLane = new AtomicInteger();
            AtomicInteger unfinished = new AtomicInteger(steps);
            Runnable worker =
                    () -> {
                        for (int l = nextLane.getAndIncrement();
                                l < queue.size();
                                l = nextLane.getAndIncrement()) {
                            walk(queue.get(l), step, unfinished);
                        }
                    };
            List<Future<?>> workers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int w = Math.min(width, queue.size()); w > 0; w--) {
                    workers.add(threads.submit(worker));
                }
            }
            workers.forEach(OrderedLanes::rethrow);
            return unfinished.get();
        }

        private static void walk(List<Integer> lane, IntPredicate step, AtomicInteger unfinished) {
            for (int i : lane) {
                if (i >= unfinished.get()) {
                    return;
                }
                if (!step.test(i)) {
                    unfinished.accumulateAndGet(i, Math::min);
                    return;
                }
            }
        }

        private static void rethrow(Future<?> worker) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException("a step threw", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for the lanes", e);
            }
        }
    }
}
