package dev.freshet.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {
    @Test
    void aDateIsTheBeginningOfItsDayInUtc() {
        assertThat(DateText.read("2026-05-01")).contains(Instant.parse("2026-05-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-05-01T08:30:00.5Z",
                "2026-05-01T10:30:00.500000000+02:00",
                "2026-04-30T14:30:00.50-18:00"
            })
    void aTimeHasAnOffset(String text) {
        assertThat(DateText.read(text)).contains(Instant.parse("2026-05-01T08:30:00.5Z"));
    }

    @Test
    void aTimeIsReadAsTheFormatterOfThePlatformReadsIt() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            OffsetDateTime time =
                    Instant.ofEpochSecond(
                                    random.nextLong(-30_000_000_000L, 200_000_000_000L),
                                    random.nextInt(4) == 0 ? random.nextInt(1_000_000_000) : 0)
                            .atOffset(
                                    ZoneOffset.ofTotalSeconds(60 * random.nextInt(-1_080, 1_081)));
            if (time.getYear() >= 1_000 && time.getYear() <= 9_999) {
                String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);

                assertThat(DateText.read(text))
                        .as("seed %d: %s", seed, text)
                        .contains(time.toInstant());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "tomorrow",
                "2026-02-30", "2026-13-01",
                "2026-00-01", "2026-05-01T",
                "2026-05-01T08:00", "2026-05-01T08:00:00",
                "2026-05-01T24:00:00Z", "2026-05-01T08:60:00Z",
                "2026-05-01T08:00:60Z", "2026-05-01T08:00:00ZZ",
                "2026-05-01T08:00:00+18:01", "2026-05-01T08:00:00.Z",
                "2026-05-01T08:00:00.1234567890Z", "2026-05-01T08:00:00+2:00",
                "2026-05-01T08:00:00+19:00", "2026-05-01T08:00:00Z ",
                "2026-05-01 08:00:00Z", "२०२६-05-01",
                "2026-05-1x"
            })
    void anythingElseIsNoTime(String text) {
        assertThat(DateText.read(text)).isEmpty();
    }
}
