package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DecayedPopularityTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void everyEventIsHalvedOnceAHalfLife() {
        DecayedPopularity halfAnHour = new DecayedPopularity(2, 1_800);
        learnTwoOldAndOneNew(halfAnHour);
        float[] scores = scores(halfAnHour, interaction(9, 0, HOUR), 2);
        assertThat(Math.pow(2, scores[0])).isCloseTo(2 * 0.25, within(1e-3));
        assertThat(Math.pow(2, scores[1])).isCloseTo(1, within(1e-3));
    }

    @Test
    void aLongerHalfLifeFavoursFrequentItems() {
        DecayedPopularity tenHours = new DecayedPopularity(2, 36_000);
        learnTwoOldAndOneNew(tenHours);
        float[] scores = scores(tenHours, interaction(9, 0, HOUR), 2);
        assertThat(scores[0]).isGreaterThan(scores[1]);
    }

    @Test
    void countsOfAllTimeArePlainCounts() {
        DecayedPopularity allTime = new DecayedPopularity(3, Double.POSITIVE_INFINITY);
        learnTwoOldAndOneNew(allTime);
        float[] scores = scores(allTime, interaction(9, 0, Duration.ofDays(1000)), 3);
        assertThat(scores).startsWith(1, 0);
        assertThat(scores[2]).isLessThan(-1e6f).isFinite();
    }

    @Test
    void yearsOfAShortHalfLifeKeepTheirOrder() {
        DecayedPopularity halfAnHour = new DecayedPopularity(3, 1_800);
        halfAnHour.learn(interaction(0, 0));
        halfAnHour.learn(interaction(0, 1, Duration.ofDays(1000)));
        halfAnHour.learn(interaction(0, 2, Duration.ofDays(1001)));
        float[] scores = scores(halfAnHour, interaction(9, 0, Duration.ofDays(2000)), 3);
        assertThat(scores[0]).isLessThan(scores[1]).isFinite();
        assertThat(scores[1]).isLessThan(scores[2]);
    }

    @Test
    void halfLivesMustBePositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DecayedPopularity(1, 0));
    }

    private static void learnTwoOldAndOneNew(DecayedPopularity popularity) {
        popularity.learn(interaction(0, 0));
        popularity.learn(interaction(1, 0));
        popularity.learn(interaction(2, 1, HOUR));
    }
}
