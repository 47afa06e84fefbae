package dev.freshet.local.host;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * The parts that a cloud has opened. Closing closes them in reverse order; a part that fails to
 * close is reported and the others are closed nevertheless.
 */
public final class OpenedParts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Consumer<String> messages;

    /**
     * Creates an empty collection.
     *
     * @param messages receives a line for each part that fails to close
     */
    public OpenedParts(Consumer<String> messages) {
        this.messages = messages;
    }

    /** Adds a part that is closed before all earlier ones, and returns it. */
    public <T extends AutoCloseable> T open(T part) {
        parts.push(part);
        return part;
    }

    /** Closes all parts. Idempotent. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                messages.accept("While closing " + part.getClass().getSimpleName() + ": " + e);
            }
        }
    }
}
