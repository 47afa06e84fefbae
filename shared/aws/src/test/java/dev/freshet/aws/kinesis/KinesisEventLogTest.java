package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.ingest.EventLog.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class KinesisEventLogTest {
    @Test
    void recordsRefusedOneByOneAreReportedByTheirIndexes() {
        String refusal = "{\"ErrorCode\":\"ProvisionedThroughputExceededException\"}";
        String taken = "{\"SequenceNumber\":\"1\",\"ShardId\":\"shardId-0\"}";
        String body =
                "{\"FailedRecordCount\":2,\"Records\":[%s,%s,%s]}"
                        .formatted(refusal, taken, refusal);
        try (FakeService service = new FakeService(request -> Answer.ok(body))) {
            var log = new KinesisEventLog(service.clients().kinesis(), "events");
            assertThat(log.put(List.of(entry(), entry(), entry()))).containsExactly(0, 2);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void aThrottledStreamTakesNothingAfterABoundedNumberOfAttempts() {
        Answer throttled = Answer.error(400, "ProvisionedThroughputExceededException");
        try (FakeService service = new FakeService(request -> throttled)) {
            var log = new KinesisEventLog(service.clients().kinesis(), "events");
            assertThat(log.put(List.of(entry(), entry()))).containsExactly(0, 1);
            assertThat(service.requests()).hasSize(3);
        }
    }

    private static Entry entry() {
        return new Entry("reader", new byte[] {1});
    }
}
