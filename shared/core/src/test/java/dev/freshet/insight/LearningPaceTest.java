package dev.freshet.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.insight.LearningPace.Sample;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LearningPaceTest {
    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

    private final LearningPace pace = new LearningPace();

    private void add(long second, long events) {
        pace.add(new Sample(START.plusSeconds(second), events));
    }

    @Test
    void oneSampleIsNoPace() {
        assertThat(pace.perMinute()).isEmpty();
        add(0, 100);
        assertThat(pace.perMinute()).isEmpty();
    }

    @Test
    void thePaceIsThatOfTheLastFiveMinutes() {
        for (int second = 0; second <= 1_200; second += 10) {
            add(second, second <= 600 ? second : 600 + 20L * (second - 600));
        }

        assertThat(pace.perMinute().orElseThrow()).isCloseTo(1_200, within(1e-9));
    }

    @Test
    void samplesThatFollowTooSoonAreLeftOut() {
        add(0, 0);
        add(9, 9);
        add(10, 10);

        assertThat(pace.samples()).hasSize(2);
    }

    @Test
    void samplesOlderThanAnHourLeave() {
        for (int second = 0; second <= 10_000; second += 10) {
            add(second, second);
        }

        assertThat(pace.samples()).hasSize(LearningPace.MOST);
        assertThat(pace.samples().getFirst().at())
                .isAfterOrEqualTo(START.plusSeconds(10_000).minus(LearningPace.KEPT));
    }

    @Test
    void anotherModelBeginsAnew() {
        add(0, 1_000);
        add(10, 2_000);
        add(20, 5);

        assertThat(pace.samples()).containsExactly(new Sample(START.plusSeconds(20), 5));
        assertThat(pace.perMinute()).isEmpty();
    }

    @Test
    void aLongPauseCountsInThePaceAfterIt() {
        add(0, 0);
        add(3_000, 3_000);

        assertThat(pace.perMinute().orElseThrow()).isCloseTo(60, within(1e-9));
    }
}
