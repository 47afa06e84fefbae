package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.ingest.EventLog;
import dev.freshet.ingest.EventLog.Entry;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link EventLog}: the tests that each of its adapters passes. */
public abstract class EventLogContract {
    private final String key = "reader-" + UUID.randomUUID();

    protected abstract EventLog log();

    /** Returns the bytes of all records with this partition key, in the order of the stream. */
    protected abstract List<byte[]> recordsOf(String partitionKey);

    @Test
    void whatIsAcknowledgedStandsInTheStreamInOrder() {
        assertThat(log().put(List.of(entry("one"), entry("two")))).isEmpty();
        assertThat(log().put(List.of(entry("three")))).isEmpty();
        assertThat(texts(key)).containsExactly("one", "two", "three");
    }

    @Test
    void entriesKeepTheirOwnKeys() {
        log().put(List.of(entry("mine"), new Entry(key + "é".repeat(60), bytes("other"))));
        assertThat(texts(key)).containsExactly("mine");
        assertThat(texts(key + "é".repeat(60))).containsExactly("other");
    }

    @Test
    void nothingToPutIsDoneAlready() {
        assertThat(log().put(List.of())).isEmpty();
    }

    @Test
    void aFullBatchIsTakenAndALargerOneRefused() {
        List<Entry> full =
                IntStream.range(0, EventLog.MAX_ENTRIES).mapToObj(i -> entry("e" + i)).toList();
        assertThat(log().put(full)).isEmpty();
        assertThat(texts(key)).hasSize(500).startsWith("e0", "e1").endsWith("e499");
        assertThatThrownBy(() -> log().put(Collections.nCopies(501, entry("x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> texts(String partitionKey) {
        return recordsOf(partitionKey).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    private Entry entry(String text) {
        return new Entry(key, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
