package dev.freshet.local.function;

import java.time.Duration;

/** One execution environment of a function; runs one invocation at a time, from any thread. */
public interface Sandbox extends AutoCloseable {

    /**
     * Invokes the function once.
     *
     * @param payload the event, JSON
     * @param requestId unique id of the invocation
     * @param limit time limit
     * @return never {@link Invocation.Throttled}
     */
    Invocation invoke(String payload, String requestId, Duration limit) throws InterruptedException;

    /**
     * Returns whether the sandbox can be used again; false after a timeout or the death of its
     * process.
     */
    boolean healthy();

    @Override
    void close();
}
