package dev.freshet.bench.baseline;

import static dev.freshet.bench.baseline.Toys.interaction;
import static dev.freshet.bench.baseline.Toys.scores;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecencyTest {

    @Test
    void theMostRecentItemRanksFirstAndTheScoreIsItsAgeInSeconds() {
        Recency recency = new Recency(3);
        recency.learn(interaction(0, 1));
        recency.learn(interaction(0, 0, Duration.ofSeconds(40)));
        float[] scores = scores(recency, interaction(9, 0, Duration.ofSeconds(100)), 3);
        assertThat(scores).startsWith(-60, -100);
        assertThat(scores[2]).isLessThan(-1e9f).isFinite();
    }
}
