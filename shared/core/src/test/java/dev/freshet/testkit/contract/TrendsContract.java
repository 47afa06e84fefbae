package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.popularity.TrendWindow.Count;
import dev.freshet.model.popularity.Trends;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Trends}: the tests that each of its adapters passes. */
public abstract class TrendsContract {
    private static final Instant START = Instant.parse("2026-11-24T23:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final SettableClock clock = new SettableClock(START);
    private final String scope = "tag:" + UUID.randomUUID();
    private Trends trends;

    protected abstract Trends trends(InstantSource clock);

    @BeforeEach
    void open() {
        trends = trends(clock);
    }

    @Test
    void aWindowComesBackWithItsCountsInOrder() {
        List<Count> top =
                IntStream.range(0, 50).mapToObj(i -> new Count("item:" + i, 1000 - i)).toList();
        TrendWindow window = new TrendWindow(scope, HOUR, START, top, 12);
        assertThat(trends.put(window)).isTrue();
        assertThat(between(START, START.plus(HOUR))).containsExactly(window);
    }

    @Test
    void aWindowWithoutCountsComesBack() {
        trends.put(window(START, 1));
        assertThat(between(START, START.plus(HOUR))).containsExactly(window(START, 1));
    }

    @Test
    void theSameOrAHigherModelVersionReplacesAndALowerOneDoesNot() {
        trends.put(window(START, 5));
        assertThat(trends.put(window(START, 4))).isFalse();
        assertThat(between(START, START.plus(HOUR))).containsExactly(window(START, 5));
        assertThat(trends.put(window(START, 5))).isTrue();
        assertThat(trends.put(window(START, 6))).isTrue();
        assertThat(between(START, START.plus(HOUR))).containsExactly(window(START, 6));
    }

    @Test
    void windowsOfARangeComeOldestFirstWithoutItsEnd() {
        for (int i = 4; i >= 0; i--) {
            trends.put(window(START.plus(HOUR.multipliedBy(i)), 1));
        }
        assertThat(between(START.plus(HOUR), START.plus(HOUR.multipliedBy(3))))
                .extracting(TrendWindow::start)
                .containsExactly(START.plus(HOUR), START.plus(HOUR.multipliedBy(2)));
        assertThat(between(START.plusMillis(1), START.plus(HOUR).plusMillis(1)))
                .extracting(TrendWindow::start)
                .containsExactly(START.plus(HOUR));
        assertThat(between(START, START)).isEmpty();
        assertThat(between(START.plus(HOUR), START)).isEmpty();
    }

    @Test
    void lengthsAndScopesAreKeptApart() {
        trends.put(window(START, 1));
        trends.put(new TrendWindow(scope, Duration.ofMinutes(5), START, List.of(), 1));
        assertThat(between(START, START.plus(HOUR))).hasSize(1);
        assertThat(trends.between(scope + "x", HOUR, START, START.plus(HOUR))).isEmpty();
    }

    @Test
    void aWindowIsAbsentThirtyDaysAfterItWasWritten() {
        trends.put(window(START, 5));
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(between(START, START.plus(HOUR))).hasSize(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(between(START, START.plus(HOUR))).isEmpty();
        assertThat(trends.put(window(START, 1))).isTrue();
    }

    private List<TrendWindow> between(Instant from, Instant to) {
        return trends.between(scope, HOUR, from, to);
    }

    private TrendWindow window(Instant start, long modelVersion) {
        return new TrendWindow(scope, HOUR, start, List.of(), modelVersion);
    }
}
