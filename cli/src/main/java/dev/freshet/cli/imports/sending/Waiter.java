package dev.freshet.cli.imports.sending;

import java.time.Duration;

/** Waits; a test does so without waiting. */
@FunctionalInterface
public interface Waiter {
    /** Waits on the thread that calls. */
    Waiter SLEEP = Thread::sleep;

    /** Waits for a time that may be zero. */
    void sleep(Duration time) throws InterruptedException;
}
