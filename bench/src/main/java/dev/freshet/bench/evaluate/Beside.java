package dev.freshet.bench.evaluate;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Two pieces of work that share nothing, side by side. */
final class Beside {
    private Beside() {}

    /**
     * Runs one on a thread of its own and the other on this one.
     *
     * @return what the first came to, once both have ended
     * @throws RuntimeException what the first threw, wrapped if it was checked
     */
    static <T> T run(Callable<T> first, Runnable second) {
        FutureTask<T> task = new FutureTask<>(first);
        Thread thread = Thread.ofPlatform().name("rivals").daemon().start(task);
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
                    : new IllegalStateException("the other pass failed", failed.getCause());
        }
    }
}
