package dev.freshet.cli.imports;

import dev.freshet.cli.imports.EntrySender.Waiter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes on only while somebody waits. */
final class VirtualTime implements InstantSource, Waiter {
    static final Instant START = Instant.parse("2026-11-26T20:00:00Z");

    private Instant now = START;

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void sleep(Duration time) {
        now = now.plus(time);
    }

    Duration passed() {
        return Duration.between(START, instant());
    }
}
