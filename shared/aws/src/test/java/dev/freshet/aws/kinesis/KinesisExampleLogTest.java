package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.store.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KinesisExampleLogTest {
    private final AtomicInteger sequence = new AtomicInteger(100);

    @Test
    void eachRecordNamesTheOneBefore() {
        try (FakeService service = new FakeService(request -> taken())) {
            var log = new KinesisExampleLog(service.clients().kinesis(), "examples");
            log.put(new byte[] {1});
            log.put(new byte[] {2});
            log.put(new byte[] {3});
            assertThat(service.requests())
                    .extracting(KinesisExampleLogTest::before)
                    .containsExactly("", "100", "101");
            assertThat(service.requests())
                    .extracting(request -> request.path("PartitionKey").asText())
                    .containsOnly("examples");
        }
    }

    @Test
    void aNumberThatTheStreamNoLongerKnowsIsForgotten() {
        try (FakeService service =
                new FakeService(
                        request ->
                                before(request).isEmpty()
                                        ? taken()
                                        : Answer.error(400, "InvalidArgumentException"))) {
            var log = new KinesisExampleLog(service.clients().kinesis(), "examples");
            log.put(new byte[] {1});
            assertThatThrownBy(() -> log.put(new byte[] {2}))
                    .isInstanceOf(StoreUnavailableException.class);
            log.put(new byte[] {2});
            assertThat(service.requests()).hasSize(3);
        }
    }

    private Answer taken() {
        return Answer.ok(
                "{\"SequenceNumber\":\"%d\",\"ShardId\":\"shardId-0\"}"
                        .formatted(sequence.getAndIncrement()));
    }

    private static String before(JsonNode request) {
        return request.path("SequenceNumberForOrdering").asText();
    }
}
