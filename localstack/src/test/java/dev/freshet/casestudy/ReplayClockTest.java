package dev.freshet.casestudy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReplayClockTest {
    private static final Instant START = Instant.parse("2017-02-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(5);
    private final ReplayClock clock = new ReplayClock(START, nanos::get);

    @Test
    void goesOnWithTheRealTime() {
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void isSetForwardAndGoesOnFromThere() {
        clock.advanceTo(START.plusSeconds(100));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(101));
    }

    @Test
    void isNeverSetBack() {
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        clock.advanceTo(START.plusSeconds(4));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }
}
