package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void aClockIsWrongInEitherDirectionByAtMostADay() {
        assertThat(ClockSkew.seconds(NOW, NOW)).isZero();
        assertThat(ClockSkew.seconds(NOW.minusSeconds(40), NOW)).isEqualTo(40);
        assertThat(ClockSkew.seconds(NOW.plusSeconds(40), NOW)).isEqualTo(40);
        assertThat(ClockSkew.seconds(NOW.minus(Duration.ofDays(9)), NOW)).isEqualTo(86_400);
        assertThat(ClockSkew.seconds(Instant.MIN, NOW)).isEqualTo(86_400);
        assertThat(ClockSkew.seconds(Instant.MAX, NOW)).isEqualTo(86_400);
    }

    @Test
    void whatHappenedIsMovedByTheErrorOfTheClockUnlessThatIsMoreThanADay() {
        Instant at = NOW.minusSeconds(100);

        assertThat(ClockSkew.correct(at, Optional.of(NOW.minusSeconds(40)), NOW))
                .isEqualTo(NOW.minusSeconds(60));
        assertThat(ClockSkew.correct(at, Optional.of(NOW.minus(Duration.ofDays(2))), NOW))
                .isEqualTo(at);
        assertThat(ClockSkew.correct(at, Optional.empty(), NOW)).isEqualTo(at);
    }
}
