package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodResponse;

class KinesisRetainedStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:05:00Z");

    private final Streams kinesis = new Streams();
    private final Metrics metrics = new Metrics();
    private final KinesisRetainedStream stream =
            new KinesisRetainedStream(kinesis, metrics, "events");

    @Test
    void aPeriodIsIncreasedOrDecreased() {
        assertThat(stream.retention()).isEqualTo(Duration.ofHours(24));
        stream.retain(Duration.ofDays(7));
        assertThat(stream.retention()).isEqualTo(Duration.ofDays(7));
        stream.retain(Duration.ofHours(24));
        assertThat(kinesis.calls).containsExactly("increase events 168", "decrease events 24");
    }

    @Test
    void theAgesOfADayAreAskedForAndHaveTheirHours() {
        Instant start = NOW.minus(Duration.ofMinutes(5)).minus(Duration.ofHours(24));
        metrics.results =
                List.of(
                        MetricDataResult.builder()
                                .id("ages")
                                .timestamps(
                                        start,
                                        start.plusSeconds(300),
                                        start.plus(Duration.ofMinutes(23 * 60 + 55)))
                                .values(4_000.0, 7_000.0, 0.0)
                                .build(),
                        MetricDataResult.builder()
                                .id("received")
                                .timestamps(start)
                                .values(12.0)
                                .build());

        var report = stream.report(NOW);

        assertThat(report.received()).isTrue();
        assertThat(report.ages().getFirst()).isEqualTo(OptionalLong.of(7_000));
        assertThat(report.ages().getLast()).isEqualTo(OptionalLong.of(0));
        assertThat(report.ages().subList(1, 23)).containsOnly(OptionalLong.empty());
        assertThat(metrics.asked.startTime()).isEqualTo(start);
        assertThat(metrics.asked.metricDataQueries())
                .extracting(KinesisRetainedStreamTest::asked)
                .containsExactly(
                        "AWS/Kinesis GetRecords.IteratorAgeMilliseconds Maximum 300 events",
                        "AWS/Kinesis IncomingRecords Sum 3600 events");
    }

    @Test
    void metricsThatAreMissingAreNotAZero() {
        assertThat(stream.report(NOW).ages()).containsOnly(OptionalLong.empty());
        assertThat(stream.report(NOW).received()).isFalse();
    }

    private static String asked(MetricDataQuery query) {
        var stat = query.metricStat();
        return String.join(
                " ",
                stat.metric().namespace(),
                stat.metric().metricName(),
                stat.stat(),
                String.valueOf(stat.period()),
                stat.metric().dimensions().getFirst().value());
    }

    private static final class Metrics implements CloudWatchClient {
        private List<MetricDataResult> results = List.of();
        private GetMetricDataRequest asked = GetMetricDataRequest.builder().build();

        @Override
        public GetMetricDataResponse getMetricData(GetMetricDataRequest request) {
            asked = request;
            return GetMetricDataResponse.builder().metricDataResults(results).build();
        }

        @Override
        public String serviceName() {
            return "cloudwatch";
        }

        @Override
        public void close() {}
    }

    private static final class Streams implements KinesisClient {
        private final List<String> calls = new ArrayList<>();
        private int hours = 24;

        @Override
        public DescribeStreamSummaryResponse describeStreamSummary(
                DescribeStreamSummaryRequest request) {
            return DescribeStreamSummaryResponse.builder()
                    .streamDescriptionSummary(s -> s.retentionPeriodHours(hours))
                    .build();
        }

        @Override
        public IncreaseStreamRetentionPeriodResponse increaseStreamRetentionPeriod(
                IncreaseStreamRetentionPeriodRequest request) {
            hours = request.retentionPeriodHours();
            calls.add("increase " + request.streamName() + " " + hours);
            return IncreaseStreamRetentionPeriodResponse.builder().build();
        }

        @Override
        public DecreaseStreamRetentionPeriodResponse decreaseStreamRetentionPeriod(
                DecreaseStreamRetentionPeriodRequest request) {
            hours = request.retentionPeriodHours();
            calls.add("decrease " + request.streamName() + " " + hours);
            return DecreaseStreamRetentionPeriodResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "kinesis";
        }

        @Override
        public void close() {}
    }
}
