package dev.freshet.local.function;

import java.time.Duration;

/** One running copy of a function; takes one invocation at a time, from any thread. */
public interface Sandbox extends AutoCloseable {

    /**
     * Runs the function once.
     *
     * @param payload JSON
     * @param requestId unique
     * @param limit the longest that it may take
     * @return never {@link Invocation.Throttled}
     */
    Invocation invoke(String payload, String requestId, Duration limit) throws InterruptedException;

    /** Whether it may be used again: false after a timeout or a death. */
    boolean healthy();

    @Override
    void close();
}
