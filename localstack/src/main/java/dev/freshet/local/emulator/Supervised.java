package dev.freshet.local.emulator;

import dev.freshet.local.LocalCloudException;
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

    private boolean again(Child ended) {
        long now = System.nanoTime();
        starts.removeIf(start -> now - start > WITHIN.toNanos());
        if (starts.size() == MOST_STARTS) {
            return leave(ended, "it has ended " + MOST_STARTS + " times within a minute");
        }
        starts.add(now);
        String words = ended.lastWords();
        try {
            Child fresh = starter.apply(port);
            fresh.awaitPort();
            synchronized (this) {
                child = fresh;
                if (closed) {
                    fresh.close();
                    return false;
                }
            }
            tell.accept(
                    "%s had ended (%s) and is back on its port after %d ms."
                            .formatted(ended.name(), words, (System.nanoTime() - now) / 1_000_000));
            return true;
        } catch (LocalCloudException failed) {
            return leave(ended, String.valueOf(failed.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean leave(Child ended, String why) {
        if (!closed) {
            tell.accept(
                    "%s has ended (%s) and is not started again: %s. End this local cloud and start it again; its state is kept."
                            .formatted(ended.name(), ended.lastWords(), why));
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
