package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldConditionsTest {
    @Test
    void aDateIsTheBeginningOfItsDayInUtc() {
        assertThat(FieldConditions.time("2026-05-01"))
                .contains(Instant.parse("2026-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-01T08:30:00.5Z",
                "2026-05-01T10:30:00.500000000+02:00",
                "2026-04-30T14:30:00.50-18:00"
            })
    void aTimeHasAnOffset(String text) {
        assertThat(FieldConditions.time(text)).contains(Instant.parse("2026-05-01T08:30:00.5Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2026-02-30",
                "2026-13-01",
                "2026-05-01T",
                "2026-05-01T08:00",
                "2026-05-01T08:00:00",
                "2026-05-01T24:00:00Z",
                "2026-05-01T08:00:00.Z",
                "2026-05-01T08:00:00.1234567890Z",
                "2026-05-01T08:00:00+2:00",
                "2026-05-01T08:00:00+19:00",
                "2026-05-01T08:00:00Z ",
                "2026-05-01 08:00:00Z",
                "२०२६-05-01",
                "2026-05-1x"
            })
    void anythingElseIsNoTime(String text) {
        assertThat(FieldConditions.time(text)).isEmpty();
    }
}
