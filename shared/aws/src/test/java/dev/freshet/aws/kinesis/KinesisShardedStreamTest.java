package dev.freshet.aws.kinesis;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.store.ShardScalingFlow.ShardScaling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KinesisShardedStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");

    private String received = points("received");
    private String bytes = points("bytes");
    private final List<String> calls = new ArrayList<>();
    private final Map<String, String> tags = new HashMap<>();
    private boolean changing;
    @AutoClose private final FakeService service = new FakeService(this::answer);
    @AutoClose private final Clients clients = service.clients();
    private final KinesisShardedStream stream =
            new KinesisShardedStream(
                    clients.kinesis(), new StreamMetrics(clients.cloudWatch()), "events");

    private static String points(String id, long... secondAndValue) {
        return """
        {"Id":"%s","StatusCode":"Complete","Timestamps":[%s],"Values":[%s]}\
        """
                .formatted(
                        id,
                        secondAndValue.length == 0 ? "" : secondAndValue[0],
                        secondAndValue.length == 0 ? "" : secondAndValue[1] + ".0");
    }

    private static ShardScaling.Report report(int... changedHoursAgo) {
        return new ShardScaling.Report(
                2,
                false,
                new double[ShardScaling.MINUTES],
                Arrays.stream(changedHoursAgo)
                        .mapToObj(hours -> NOW.minus(Duration.ofHours(hours)))
                        .toList());
    }

    @Test
    void aChangeIsRememberedBeforeItIsMadeAndForgottenAfterADay() {
        stream.scale(4, report(25, 3), NOW);

        long minute = NOW.getEpochSecond() / 60;
        assertThat(calls).containsExactly("tag", "events has 4 UNIFORM_SCALING");
        assertThat(tags)
                .containsExactly(
                        Map.entry(KinesisShardedStream.CHANGES, (minute - 180) + " " + minute));
    }

    @Test
    void aReportHasTheShardsWhatCameAndTheChangesThatTheTagRemembers() {
        changing = true;
        tags.put("team", "7 8");
        long last = Instant.parse("2026-11-24T11:58:00Z").getEpochSecond();
        received = points("received", last, 30_000);
        bytes = points("bytes", last - 60, 120 << 20);
        stream.scale(4, report(3), NOW.minus(Duration.ofMinutes(5)));

        ShardScaling.Report report = stream.report(NOW);

        assertThat(report.shards()).isEqualTo(3);
        assertThat(report.changing()).isTrue();
        assertThat(report.changes())
                .containsExactly(
                        Instant.parse("2026-11-24T09:00:00Z"),
                        Instant.parse("2026-11-24T11:55:00Z"));
        assertThat(report.filled()).endsWith(0.0, 2.0, 0.5);
        assertThat(Arrays.stream(report.filled()).sum()).isEqualTo(2.5);
    }

    @Test
    void aStreamThatWasNeverChangedReportsNoChange() {
        ShardScaling.Report report = stream.report(NOW);

        assertThat(report.changing()).isFalse();
        assertThat(report.changes()).isEmpty();
        assertThat(report.filled()).containsOnly(0);
    }

    @Test
    void whatSomebodyWroteIntoTheTagCountsAsNoChange() {
        tags.put(KinesisShardedStream.CHANGES, "soon 12345678901 29732400x 29732400");

        assertThat(stream.report(NOW).changes())
                .containsExactly(Instant.ofEpochSecond(60 * 29_732_400L));
    }

    private Answer answer(String operation, JsonNode request) {
        if (operation.equals("GetMetricData")) {
            return Answer.ok("{\"MetricDataResults\":[" + received + "," + bytes + "]}");
        }
        assertThat(request.path("StreamName").asText()).isEqualTo("events");
        return switch (operation) {
            case "DescribeStreamSummary" ->
                    Answer.ok(
                            "{\"StreamDescriptionSummary\":{\"OpenShardCount\":3,\"StreamStatus\":\"%s\"}}"
                                    .formatted(changing ? "UPDATING" : "ACTIVE"));
            case "ListTagsForStream" ->
                    Answer.ok(
                            tags.entrySet().stream()
                                    .map(
                                            tag ->
                                                    "{\"Key\":\"%s\",\"Value\":\"%s\"}"
                                                            .formatted(
                                                                    tag.getKey(), tag.getValue()))
                                    .collect(
                                            joining(
                                                    ",",
                                                    "{\"HasMoreTags\":false,\"Tags\":[",
                                                    "]}")));
            case "AddTagsToStream" -> {
                calls.add("tag");
                request.path("Tags").forEachEntry((key, value) -> tags.put(key, value.asText()));
                yield Answer.ok("{}");
            }
            default -> {
                calls.add(
                        "events has %s %s"
                                .formatted(
                                        request.path("TargetShardCount"),
                                        request.path("ScalingType").asText()));
                yield Answer.ok("{}");
            }
        };
    }
}
