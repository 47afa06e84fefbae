package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.event.TraceId;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final List<String> lines = new ArrayList<>();

    private JsonNode written(Metrics.Line line) throws IOException {
        line.write();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).doesNotContain("\n");
        return new ObjectMapper().readTree(lines.getFirst());
    }

    @Test
    void aLineIsWhatCloudwatchMakesTheStacksMetricsOf() throws IOException {
        JsonNode line =
                written(
                        new Metrics(
                                        Map.of("Stack", "shop", "Stage", "prod", "ModelId", "main"),
                                        () -> now,
                                        lines::add)
                                .line()
                                .add(MetricName.QUARANTINED, 2)
                                .add(MetricName.WRITE_FLOW_DELAY_MS, 12)
                                .add(MetricName.SNAPSHOT_BYTES, 3_000_000_000L)
                                .add(MetricName.UNFINISHED_BATCHES, 0)
                                .add(MetricName.EXAMPLES, 0)
                                .add(MetricName.SHED, 0)
                                .property("traces", List.of("a", "b")));

        JsonNode directive = line.at("/_aws/CloudWatchMetrics/0");
        assertThat(directive.path("Namespace").asText()).isEqualTo("Freshet");
        assertThat(directive.at("/Dimensions/0"))
                .extracting(JsonNode::asText)
                .containsExactly("ModelId", "Stack", "Stage");
        assertThat(directive.path("Metrics"))
                .extracting(m -> m.path("Name").asText() + " " + m.path("Unit").asText())
                .containsExactlyInAnyOrder(
                        "Quarantined Count", "WriteFlowDelayMs Milliseconds", "Shed Count");
        assertThat(line.at("/_aws/Timestamp").asLong()).isEqualTo(now.toEpochMilli());
        assertThat(line.path("Stack").asText()).isEqualTo("shop");
        assertThat(line.path("Stage").asText()).isEqualTo("prod");
        assertThat(line.path("ModelId").asText()).isEqualTo("main");
        assertThat(line.path("Quarantined").asLong()).isEqualTo(2);
        assertThat(line.path("SnapshotBytes").asLong()).isEqualTo(3_000_000_000L);
        assertThat(line.has("UnfinishedBatches")).isFalse();
        assertThat(line.has("Examples")).isFalse();
        assertThat(line.path("traces").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("timestamp").asText()).isEqualTo(now.toString());
    }

    @Test
    void aLineOfFieldsAloneMakesNoMetric() throws IOException {
        JsonNode line =
                written(
                        new Metrics(Map.of("Stack", "dev-main"), () -> now, lines::add)
                                .line()
                                .add(MetricName.OBJECTS_REMOVED, 3)
                                .add(MetricName.SNAPSHOTS, 0));

        assertThat(line.at("/_aws/CloudWatchMetrics").findValues("Name")).isEmpty();
        assertThat(line.path("ObjectsRemoved").asInt()).isEqualTo(3);
        assertThat(line.path("message").asText()).isEqualTo("metrics");
    }

    @Test
    void aLineListsAtMostSixteenTraces() throws IOException {
        List<TraceId> traces =
                IntStream.rangeClosed(1, 40)
                        .mapToObj(number -> new TraceId("%032x".formatted(number)))
                        .toList();

        JsonNode line =
                written(
                        new Metrics(Map.of("Stack", "dev-main"), () -> now, lines::add)
                                .line()
                                .traces(traces));

        assertThat(line.path("traces")).hasSize(16);
        assertThat(line.at("/traces/0").asText()).isEqualTo("%032x".formatted(1));
        assertThat(line.at("/traces/15").asText()).isEqualTo("%032x".formatted(16));
    }

    @Test
    void aMetricOfSeveralValuesIsAnArrayOfAtMostAHundred() throws IOException {
        Metrics metrics = new Metrics(Map.of("Stack", "prod-main"), () -> now, lines::add);
        List<Long> hundred = IntStream.range(0, 100).mapToObj(Long::valueOf).toList();

        JsonNode line = written(metrics.line().add(MetricName.FRESHNESS_MS, hundred));

        assertThat(line.path("FreshnessMs")).hasSize(100);
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics")).hasSize(1);
        assertThatThrownBy(
                        () ->
                                metrics.line()
                                        .add(MetricName.FRESHNESS_MS, Collections.nCopies(101, 1L)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
