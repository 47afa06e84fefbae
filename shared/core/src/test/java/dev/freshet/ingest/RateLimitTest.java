package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.RateLimit.TokenBucket;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final TokenBucket bucket = new TokenBucket(2, 3, NOON);

    private int taken(Instant at, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += bucket.take(at) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void theBurstIsAvailableAtOnce() {
        assertThat(taken(NOON, 10)).isEqualTo(3);
    }

    @Test
    void tokensAreRefilledAtTheRate() {
        taken(NOON, 10);

        assertThat(taken(NOON.plusMillis(499), 10)).isZero();
        assertThat(taken(NOON.plusMillis(500), 10)).isEqualTo(1);
        assertThat(taken(NOON.plusMillis(1_500), 10)).isEqualTo(2);
    }

    @Test
    void aLongPauseRefillsAtMostTheBurst() {
        taken(NOON, 10);

        assertThat(taken(NOON.plusSeconds(3_600), 10)).isEqualTo(3);
    }

    @Test
    void aClockThatGoesBackwardsNeitherAddsNorRemovesTokens() {
        taken(NOON, 1);

        assertThat(taken(NOON.minusSeconds(60), 10)).isEqualTo(2);
        assertThat(taken(NOON.plusMillis(500), 10)).isEqualTo(1);
    }

    @Test
    void theUserSeenLongestAgoIsForgotten() {
        RateLimit rate = new RateLimit();
        while (rate.allows("bot", NOON)) {}
        for (int i = 0; i < RateLimit.MAX_USERS; i++) {
            rate.allows("user-" + i, NOON);
        }
        assertThat(rate.allows("bot", NOON)).isTrue();
    }
}
