package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Bodies;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final RateLimit rate = new RateLimit();

    @Test
    void fillsUpWithinAMinuteAndNoFurther() {
        while (rate.allows("bot", Bodies.NOW)) {}

        int allowed = 0;
        while (rate.allows("bot", Bodies.NOW.plusSeconds(3600))) {
            allowed++;
        }
        assertThat(allowed).isEqualTo(RateLimit.BURST);
    }

    @Test
    void aClockThatGoesBackTakesNothingAway() {
        assertThat(rate.allows("a", Bodies.NOW)).isTrue();
        assertThat(rate.allows("a", Bodies.NOW.minusSeconds(100))).isTrue();
    }

    @Test
    void forgetsTheUserSeenLongestAgo() {
        while (rate.allows("bot", Bodies.NOW)) {}
        for (int i = 0; i < RateLimit.MAX_USERS; i++) {
            rate.allows("user-" + i, Bodies.NOW);
        }
        assertThat(rate.allows("bot", Bodies.NOW)).isTrue();
    }
}
