package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Bodies;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final RateLimit rate = new RateLimit();

    @Test
    void forgetsTheUserSeenLongestAgo() {
        while (rate.allows("bot", Bodies.NOW)) {}
        for (int i = 0; i < RateLimit.MAX_USERS; i++) {
            rate.allows("user-" + i, Bodies.NOW);
        }
        assertThat(rate.allows("bot", Bodies.NOW)).isTrue();
    }
}
