package dev.freshet.bench.evaluate;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Concurrent execution of two independent tasks. */
final class ConcurrentTasks {
    private ConcurrentTasks() {}

    /**
     * Runs the first task on a new thread and the second on the calling thread.
     *
     * @return the result of the first, once both have ended
     * @throws RuntimeException the exception of the first, wrapped if it was checked
     */
    static <T> T run(Callable<T> first, Runnable second) {
        FutureTask<T> task = new FutureTask<>(first);
        Thread thread = Thread.ofPlatform().name("baselines").daemon().start(task);
        try {
            second.run();
            return task.get();
        } catch (InterruptedException stopped) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException plain
                    ? plain
                    : new IllegalStateException("the concurrent pass failed", failed.getCause());
        }
    }
}
