package dev.freshet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.demo.Latencies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KneeTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private final Knee knee = new Knee(100);
    private final List<Double> tried = new ArrayList<>();

    /**
     * Returns the step of a service that serves a given number of requests per second and refuses
     * the rest.
     */
    private LoadStep served(double rate, double capacity, double ms) {
        tried.add(rate);
        long offered = Math.round(rate * 10);
        long served = Math.round(Math.min(rate, capacity) * 10);
        Latencies times = new Latencies();
        for (int i = 0; i < 100; i++) {
            times.add(Duration.ofMillis(Math.round(ms)));
        }
        return new LoadStep(
                rate, offered, offered, served, 0, offered - served, 0, TEN, TEN, times);
    }

    @Test
    void theKneeIsFoundWithinTenPercent() throws InterruptedException {
        Knee.Found found = knee.find(40, rate -> served(rate, 500, 5), () -> true);

        assertThat(found.knee().orElseThrow().rate()).isBetween(450.0, 505.0);
        assertThat(found.steps())
                .isSortedAccordingTo(java.util.Comparator.comparingDouble(LoadStep::rate));
        assertThat(tried).hasSizeLessThan(20);
    }

    @Test
    void slowAnswersDoNotHoldHoweverManyThereAre() throws InterruptedException {
        Knee.Found found =
                knee.find(40, rate -> served(rate, 1e9, rate > 200 ? 101 : 5), () -> true);

        assertThat(found.knee().orElseThrow().rate()).isBetween(180.0, 200.0);
    }

    @Test
    void oneBadStepBelowBetterOnesIsNotTheKnee() throws InterruptedException {
        Knee.Found found =
                knee.find(
                        40,
                        rate -> served(rate, 500, rate > 80 && rate < 100 ? 2_000 : 5),
                        () -> true);

        assertThat(found.knee().orElseThrow().rate()).isGreaterThan(400);
    }

    @Test
    void aDisturbedStepIsRepeated() throws InterruptedException {
        Knee.Found found =
                knee.find(
                        40,
                        rate -> served(rate, 500, tried.contains(rate) ? 5 : 2_000),
                        () -> true);

        assertThat(found.knee().orElseThrow().rate()).isBetween(450.0, 505.0);
    }

    @Test
    void thereIsNoKneeIfNoStepHolds() throws InterruptedException {
        assertThat(knee.find(40, rate -> served(rate, 1, 5), () -> true).knee()).isEmpty();
    }

    @Test
    void theSearchEndsAtTheGeneratorsLimitAndAtTheTimeLimit() throws InterruptedException {
        knee.find(40, rate -> served(rate, 1e9, 5), () -> true);
        assertThat(tried).allMatch(rate -> rate <= OpenLoop.MAX_RATE);

        tried.clear();
        knee.find(40, rate -> served(rate, 1e9, 5), () -> tried.size() < 3);
        assertThat(tried).hasSize(3);
    }
}
