package dev.freshet.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock whose time a test advances. */
public final class SettableClock implements InstantSource {
    private volatile Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void advance(Duration by) {
        now = now.plus(by);
    }
}
