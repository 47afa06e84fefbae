package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MovedClockTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private Instant system = Instant.parse("2026-11-24T12:00:00Z");
    private final MovedClock clock = new MovedClock(() -> system, START);

    @Test
    void betweenMovesItRunsAsTheSystemsDoes() {
        system = system.plusSeconds(5);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));

        clock.moveTo(START.plusSeconds(3_600));
        system = system.plusMillis(7);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3_600).plusMillis(7));
        assertThat(clock.at(system.minusMillis(2)))
                .isEqualTo(START.plusSeconds(3_600).plusMillis(5));
    }

    @Test
    void itIsMovedNeitherBackNorBeyondTheSystems() {
        system = system.plusSeconds(5);
        clock.moveTo(START);
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(5));

        clock.moveTo(system.plusSeconds(1));
        assertThat(clock.instant()).isEqualTo(system);
        system = system.plusSeconds(9);
        assertThat(clock.instant()).isEqualTo(system);
    }
}
