package dev.freshet.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CachedValueTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final List<Instant> reads = new ArrayList<>();
    private final List<StoreUnavailableException> failures = new ArrayList<>();
    private boolean answers = true;
    private final CachedValue<Flow> recent =
            new CachedValue<>(this::read, Duration.ofSeconds(60), failures::add);

    private Optional<Flow> read(Instant now) {
        reads.add(now);
        if (!answers) {
            throw new StoreUnavailableException("CloudWatch", new IOException("throttled"));
        }
        return Optional.of(FlowChecksTest.flow(now, List.of(), List.of()));
    }

    private Instant asOf(Instant now) {
        return recent.get(now).orElseThrow().asOf();
    }

    @Test
    void nothingIsReadBeforeItIsAskedAndThenOnceAMinute() {
        assertThat(reads).isEmpty();

        for (int second = 0; second < 180; second += 10) {
            assertThat(recent.get(NOW.plusSeconds(second))).isPresent();
        }

        assertThat(reads).containsExactly(NOW, NOW.plusSeconds(60), NOW.plusSeconds(120));
    }

    @Test
    void aProcessThatWasFrozenReadsAtTheFirstRequestAfterwards() {
        assertThat(asOf(NOW)).isEqualTo(NOW);

        assertThat(asOf(NOW.plus(Duration.ofHours(3)))).isEqualTo(NOW.plus(Duration.ofHours(3)));
    }

    @Test
    void whileTheSourceDoesNotAnswerTheLastFiguresStayWithTheirAge() {
        assertThat(asOf(NOW)).isEqualTo(NOW);
        answers = false;

        for (int second = 60; second < 120; second++) {
            assertThat(asOf(NOW.plusSeconds(second))).isEqualTo(NOW);
        }
        assertThat(reads).as("one and one each ten seconds").hasSize(7);
        assertThat(failures).hasSize(6);

        answers = true;
        assertThat(asOf(NOW.plusSeconds(120))).isEqualTo(NOW.plusSeconds(120));
    }

    @Test
    void figuresAreNotReturnedWhenTheyAreOlderThanAQuarterOfAnHour() {
        assertThat(asOf(NOW)).isEqualTo(NOW);
        answers = false;

        assertThat(recent.get(NOW.plus(Duration.ofMinutes(15)))).isPresent();
        assertThat(recent.get(NOW.plus(Duration.ofMinutes(16)))).isEmpty();
    }
}
