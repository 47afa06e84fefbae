package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodResponse;

class KinesisRetainedStreamTest {
    private final Streams kinesis = new Streams();
    private final StreamMetrics nobody =
            new StreamMetrics(FakeService.clientsOfNobody().cloudWatch());
    private final KinesisRetainedStream stream =
            new KinesisRetainedStream(kinesis, nobody, "events");

    @Test
    void aPeriodIsIncreasedOrDecreased() {
        assertThat(stream.retention()).isEqualTo(Duration.ofHours(24));
        stream.retain(Duration.ofDays(7));
        assertThat(stream.retention()).isEqualTo(Duration.ofDays(7));
        stream.retain(Duration.ofHours(24));
        assertThat(kinesis.calls).containsExactly("increase events 168", "decrease events 24");
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
