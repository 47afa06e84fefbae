package dev.freshet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.worker.StreamReader.StreamNames;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;

class StreamReaderTest {
    @Test
    void shardsWithoutALeaseAreReadFromATimeWhereOneIsGiven() {
        Instant time = Instant.parse("2026-12-01T10:00:00Z");

        InitialPositionInStreamExtended from = beginning(Optional.of(time));
        assertThat(from.getInitialPositionInStream())
                .isEqualTo(InitialPositionInStream.AT_TIMESTAMP);
        assertThat(from.getTimestamp()).isEqualTo(Date.from(time));
        assertThat(beginning(Optional.empty()).getInitialPositionInStream())
                .isEqualTo(InitialPositionInStream.TRIM_HORIZON);
    }

    private static InitialPositionInStreamExtended beginning(Optional<Instant> from) {
        return new StreamReader.Source(
                        StreamNames.EVENTS, "events", "leases", "one", Duration.ofSeconds(5), from)
                .beginning();
    }
}
