package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventKeyTest {
    @Test
    void aKeyHasAFixedWidthInFrontOfTheId() {
        assertThat(new EventKey(Instant.parse("2026-11-24T23:00:00Z"), "e#1"))
                .hasToString("2026-11-24T23:00:00.000Z#e#1");
        assertThat(new EventKey(Instant.parse("0001-01-01T00:00:00.5Z"), "e"))
                .hasToString("0001-01-01T00:00:00.500Z#e");
    }

    @Test
    void aKeyIsReadBack() {
        EventKey key = new EventKey(Instant.parse("2026-11-24T23:41:07.25Z"), "e#1");
        assertThat(EventKey.parse(key.toString())).isEqualTo(key);
    }

    @Test
    void whatIsNoKeyIsRefused() {
        assertThatThrownBy(() -> EventKey.parse("2026-11-24")).hasMessageContaining("not an event");
        assertThatThrownBy(() -> new EventKey(Instant.parse("+12000-01-01T00:00:00Z"), "e"))
                .hasMessageContaining("year");
    }
}
