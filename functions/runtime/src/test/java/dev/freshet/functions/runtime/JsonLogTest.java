package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.TraceId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLogTest {
    private final List<String> lines = new ArrayList<>();
    private final JsonLog log = new JsonLog(lines::add);

    private JsonNode told(LogRecord record) throws IOException {
        record.setLoggerName("dev.freshet.x");
        log.publish(record);
        assertThat(lines.getLast()).doesNotContain("\n");
        return new ObjectMapper().readTree(lines.getLast());
    }

    @Test
    void aLineIsOneObjectInLambdasOwnWords() throws IOException {
        LogRecord record = new LogRecord(Level.WARNING, "Shard {0}\nis slow");
        record.setParameters(new Object[] {"7"});

        JsonNode line = told(record);

        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("message").asText()).isEqualTo("Shard 7\nis slow");
        assertThat(line.path("timestamp").asText()).isEqualTo(record.getInstant().toString());
        assertThat(line.path("logger").asText()).isEqualTo("dev.freshet.x");
    }

    @Test
    void whatWasThrownIsReportedByClassAndPlaceAndNeverInItsOwnWords() throws IOException {
        LogRecord record = new LogRecord(Level.SEVERE, "The request failed");
        record.setThrown(
                new IllegalStateException(
                        "no row of ann@example.org", new IOException("ann@example.org")));

        JsonNode line = told(record);

        assertThat(line.path("error").findValuesAsText("class"))
                .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
        assertThat(line.at("/error/0/at/0").asText()).contains("JsonLogTest");
        assertThat(lines.getLast()).doesNotContain("ann@example.org");
    }

    @Test
    void anInvocationsLinesCarryItsIdsAndLaterLinesDoNot() throws IOException {
        try (LogContext line = LogContext.of(new FeaturesHandlerStandIn(), null)) {
            line.request("request-7");
            line.trace(new TraceId("a".repeat(32)));
            JsonNode within = told(new LogRecord(Level.INFO, "x"));
            assertThat(within.path("function").asText()).isEqualTo("featuresstandin");
            assertThat(within.path("requestId").asText()).isEqualTo("request-7");
            assertThat(within.path("traceId").asText()).isEqualTo("a".repeat(32));
        }

        JsonNode after = told(new LogRecord(Level.INFO, "x"));

        assertThat(after.has("requestId")).isFalse();
        assertThat(after.has("traceId")).isFalse();
    }

    private static final class FeaturesHandlerStandIn {}

    @Test
    void aMessageIsBounded() throws IOException {
        JsonNode line = told(new LogRecord(Level.INFO, "x".repeat(100_000)));

        assertThat(line.path("message").asText()).hasSize(1_000);
    }
}
