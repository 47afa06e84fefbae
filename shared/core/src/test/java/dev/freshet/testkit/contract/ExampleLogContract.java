package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.example.ExampleLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of {@link ExampleLog}: the tests that each of its adapters passes. */
public abstract class ExampleLogContract {
    private final String mark = UUID.randomUUID().toString();

    protected abstract ExampleLog log();

    /** Returns all records, in the order of the stream. */
    protected abstract List<byte[]> records();

    @Test
    void recordsStandInTheOrderOfTheirPuts() {
        for (int i = 0; i < 20; i++) {
            log().put((mark + i).getBytes(StandardCharsets.UTF_8));
        }
        List<String> mine =
                records().stream()
                        .map(record -> new String(record, StandardCharsets.UTF_8))
                        .filter(text -> text.startsWith(mark))
                        .toList();
        assertThat(mine).hasSize(20).startsWith(mark + 0, mark + 1).endsWith(mark + 19);
    }

    @Test
    void theLongestRecordIsTaken() {
        byte[] longest = new byte[ExampleLog.MAX_RECORD_BYTES];
        longest[0] = (byte) mark.hashCode();
        longest[longest.length - 1] = 1;
        log().put(longest);
        assertThat(records()).contains(longest);
    }

    @Test
    void emptyAndTooLongRecordsAreRefused() {
        assertThatThrownBy(() -> log().put(new byte[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log().put(new byte[ExampleLog.MAX_RECORD_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
