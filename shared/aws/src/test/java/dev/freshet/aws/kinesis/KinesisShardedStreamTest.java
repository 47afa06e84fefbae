package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Clients;
import dev.freshet.aws.FakeService;
import dev.freshet.store.ShardScalingFlow.ShardScaling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

class KinesisShardedStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");

    private String received = points("received");
    private String bytes = points("bytes");
    private final Streams kinesis = new Streams();
    private final FakeService cloudWatch =
            new FakeService(
                    request ->
                            FakeService.Answer.ok(
                                    "{\"MetricDataResults\":[" + received + "," + bytes + "]}"));
    private final Clients clients = cloudWatch.clients();
    private final KinesisShardedStream stream =
            new KinesisShardedStream(kinesis, new StreamMetrics(clients.cloudWatch()), "events");

    @AfterEach
    void close() {
        clients.close();
        cloudWatch.close();
    }

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
        assertThat(kinesis.calls).containsExactly("tag", "events has 4 UNIFORM_SCALING");
        assertThat(kinesis.tags)
                .containsExactly(
                        Map.entry(KinesisShardedStream.CHANGES, (minute - 180) + " " + minute));
    }

    @Test
    void aReportHasTheShardsWhatCameAndTheChangesThatTheTagRemembers() {
        kinesis.changing = true;
        kinesis.tags.put("team", "7 8");
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
        kinesis.tags.put(KinesisShardedStream.CHANGES, "soon 12345678901 29732400x 29732400");

        assertThat(stream.report(NOW).changes())
                .containsExactly(Instant.ofEpochSecond(60 * 29_732_400L));
    }

    private static final class Streams implements KinesisClient {
        private final List<String> calls = new ArrayList<>();
        private final Map<String, String> tags = new HashMap<>();
        private boolean changing;

        @Override
        public DescribeStreamSummaryResponse describeStreamSummary(
                DescribeStreamSummaryRequest request) {
            assertThat(request.streamName()).isEqualTo("events");
            return DescribeStreamSummaryResponse.builder()
                    .streamDescriptionSummary(
                            s ->
                                    s.openShardCount(3)
                                            .streamStatus(
                                                    changing
                                                            ? StreamStatus.UPDATING
                                                            : StreamStatus.ACTIVE))
                    .build();
        }

        @Override
        public ListTagsForStreamResponse listTagsForStream(ListTagsForStreamRequest request) {
            assertThat(request.streamName()).isEqualTo("events");
            return ListTagsForStreamResponse.builder()
                    .tags(
                            tags.entrySet().stream()
                                    .map(
                                            tag ->
                                                    Tag.builder()
                                                            .key(tag.getKey())
                                                            .value(tag.getValue())
                                                            .build())
                                    .toList())
                    .build();
        }

        @Override
        public AddTagsToStreamResponse addTagsToStream(AddTagsToStreamRequest request) {
            calls.add("tag");
            tags.putAll(request.tags());
            return AddTagsToStreamResponse.builder().build();
        }

        @Override
        public UpdateShardCountResponse updateShardCount(UpdateShardCountRequest request) {
            calls.add(
                    "%s has %d %s"
                            .formatted(
                                    request.streamName(),
                                    request.targetShardCount(),
                                    request.scalingTypeAsString()));
            return UpdateShardCountResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "kinesis";
        }

        @Override
        public void close() {}
    }
}
