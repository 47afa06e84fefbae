package dev.freshet.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.Requests.SendingRate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SendingRateTest {
    private final VirtualTime time = new VirtualTime();
    private final SendingRate rate = new SendingRate(800, time);

    @Test
    void aMillionEventsFitThroughOneShardInLessThan25Minutes() {
        for (int sent = 0; sent < 1_000_000; sent += 200) {
            time.sleep(rate.take(200));
            rate.taken(200);
        }

        assertThat(time.passed()).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(21));
    }

    @Test
    void aRefusalHalvesThePaceAndItGrowsBackInAMinute() {
        rate.refused(Duration.ofSeconds(7));
        assertThat(rate.perSecond()).isEqualTo(400);
        assertThat(rate.take(100)).isEqualTo(Duration.ofSeconds(7));
        time.sleep(Duration.ofSeconds(7));

        for (int i = 0; i < 1_000 && rate.perSecond() < 800; i++) {
            time.sleep(rate.take(100));
            rate.taken(100);
        }

        assertThat(rate.perSecond()).isEqualTo(800);
        assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1));
    }
}
