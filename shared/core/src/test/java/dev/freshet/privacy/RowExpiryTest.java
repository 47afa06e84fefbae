package dev.freshet.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RowExpiryTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07Z");

    @Test
    void timesToLiveAreSecondsAndNeverTooEarly() {
        long whole = RowExpiry.expiry(NOW, Duration.ofDays(90));
        assertThat(whole).isEqualTo(NOW.getEpochSecond() + 90 * 86_400);
        assertThat(RowExpiry.expiry(NOW.plusMillis(1), Duration.ofDays(90))).isEqualTo(whole + 1);
    }

    @Test
    void aRowIsGoneFromItsSecondOn() {
        long expiry = NOW.getEpochSecond();
        assertThat(RowExpiry.passed(expiry, NOW.minusMillis(1))).isFalse();
        assertThat(RowExpiry.passed(expiry, NOW)).isTrue();
        assertThat(RowExpiry.passed(null, NOW)).isFalse();
    }
}
