package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * A child that is started again, on the same port and the same data, when it ends by itself.
 *
 * <p>At most {@value #MOST_STARTS} times within {@link #WITHIN}; one that ends more often is left,
 * and a sentence says so.
 */
public final class Supervised implements AutoCloseable {
    static final int MOST_STARTS = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final IntFunction<Child> starter;
    private final Consumer<String> tell;
    private final Deque<Long> starts = new ArrayDeque<>();
    private volatile Child child;
    private volatile int port;
    private volatile boolean closed;

    /**
     * Starts it on a free port, and returns at once.
     *
     * @param starter starts the child on a port; 0 takes a free one
     * @param tell takes a sentence when it ends, and another when it is back
     */
    Supervised(IntFunction<Child> starter, Consumer<String> tell) {
        this.starter = starter;
        this.tell = tell;
        this.child = starter.apply(0);
    }

    /**
     * Waits until it listens, and watches it from then on.
     *
     * @throws LocalCloudException if it does not start
     */
    int awaitPort() throws InterruptedException {
        port = child.awaitPort();
        Thread.ofVirtual().name("watching-" + child.name()).start(this::watch);
        return port;
    }

    /** The process as it is now; while it is away, the one that ended. */
    public Child child() {
        return child;
    }

    private void watch() {
        while (true) {
            child.awaitEnd();
            if (closed || !again(child)) {
                return;
            }
        }
    }

    /** Starts it anew until it listens; false when it is given up or no longer wanted. */
    private boolean again(Child ended) {
        long began = System.nanoTime();
        String words = ended.lastWords();
        while (!closed) {
            long now = System.nanoTime();
            starts.removeIf(start -> now - start > WITHIN.toNanos());
            if (starts.size() == MOST_STARTS) {
                return leave(ended);
            }
            starts.add(now);
            Child fresh = starter.apply(port);
            try {
                fresh.awaitPort();
            } catch (LocalCloudException failed) {
                fresh.close();
                tell.accept(failed.getMessage() + " It is tried again.");
                continue;
            } catch (InterruptedException stopped) {
                fresh.close();
                Thread.currentThread().interrupt();
                return false;
            }
            return takeOver(fresh, words, began);
        }
        return false;
    }

    private boolean takeOver(Child fresh, String words, long began) {
        synchronized (this) {
            if (closed) {
                fresh.close();
                return false;
            }
            child = fresh;
        }
        tell.accept(
                "%s had ended (%s) and is back on its port after %d ms."
                        .formatted(fresh.name(), words, (System.nanoTime() - began) / 1_000_000));
        return true;
    }

    private boolean leave(Child ended) {
        if (!closed) {
            tell.accept(
                    "%s has ended (%s), %d times within a minute, and is not started again. End this local cloud and start it again; its state is kept."
                            .formatted(ended.name(), ended.lastWords(), MOST_STARTS));
        }
        return false;
    }

    @Override
    public void close() {
        Child last;
        synchronized (this) {
            closed = true;
            last = child;
        }
        last.close();
    }
}
