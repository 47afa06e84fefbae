package dev.freshet.api;

import dev.freshet.api.Requests.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only while somebody waits. */
public final class VirtualTime implements InstantSource, Waiter {
    public static final Instant START = Instant.parse("2026-11-26T20:00:00Z");

    private Instant now = START;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) {
        now = now.plus(time);
    }

    public Duration passed() {
        return Duration.between(START, instant());
    }
}
