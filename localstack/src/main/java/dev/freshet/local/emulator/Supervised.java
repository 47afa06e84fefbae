package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Supervisor of a child process that restarts it on the same port and data when it ends by itself.
 *
 * <p>It restarts the child at most {@value #MAX_STARTS} times within {@link #WITHIN}; after that it
 * gives up and reports so.
 */
public final class Supervised implements AutoCloseable {
    static final int MAX_STARTS = 5;
    static final Duration WITHIN = Duration.ofMinutes(1);

    private final IntFunction<Child> starter;
    private final Consumer<String> messages;
    private final Deque<Long> starts = new ArrayDeque<>();
    private volatile Child child;
    private volatile int port;
    private volatile boolean closed;

    /**
     * Starts the child on a free port and returns at once.
     *
     * @param starter starts the child on a port; 0 takes a free one
     * @param messages receives a message when the child has been restarted or given up
     */
    Supervised(IntFunction<Child> starter, Consumer<String> messages) {
        this.starter = starter;
        this.messages = messages;
        this.child = starter.apply(0);
    }

    /**
     * Waits until the child listens, and supervises it from then on.
     *
     * @throws LocalCloudException if it does not start
     */
    int awaitPort() throws InterruptedException {
        port = child.awaitPort();
        Thread.ofVirtual().name("watching-" + child.name()).start(this::watch);
        return port;
    }

    /** Returns the current process; while the child is being restarted, the one that ended. */
    public Child child() {
        return child;
    }

    private void watch() {
        while (true) {
            child.awaitEnd();
            if (closed || !restarted(child)) {
                return;
            }
        }
    }

    /**
     * Restarts the child until it listens; returns false if it is given up or the supervisor was
     * closed.
     */
    private boolean restarted(Child ended) {
        long began = System.nanoTime();
        String lastOutput = ended.lastOutput();
        while (!closed) {
            long now = System.nanoTime();
            starts.removeIf(start -> now - start > WITHIN.toNanos());
            if (starts.size() == MAX_STARTS) {
                return giveUp(ended);
            }
            starts.add(now);
            Child fresh = starter.apply(port);
            try {
                fresh.awaitPort();
            } catch (LocalCloudException failed) {
                fresh.close();
                messages.accept(failed.getMessage() + " Trying again.");
                continue;
            } catch (InterruptedException stopped) {
                fresh.close();
                Thread.currentThread().interrupt();
                return false;
            }
            return takeOver(fresh, lastOutput, began);
        }
        return false;
    }

    private boolean takeOver(Child fresh, String lastOutput, long began) {
        synchronized (this) {
            if (closed) {
                fresh.close();
                return false;
            }
            child = fresh;
        }
        messages.accept(
                "%s ended (%s) and was restarted on the same port after %d ms."
                        .formatted(
                                fresh.name(), lastOutput, (System.nanoTime() - began) / 1_000_000));
        return true;
    }

    private boolean giveUp(Child ended) {
        if (!closed) {
            messages.accept(
                    "%s ended (%s) %d times within a minute and is not restarted. Stop the local cloud and start it again; its state is kept."
                            .formatted(ended.name(), ended.lastOutput(), MAX_STARTS));
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
