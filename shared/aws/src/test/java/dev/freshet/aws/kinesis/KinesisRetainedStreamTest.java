package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KinesisRetainedStreamTest {
    private final List<String> calls = new ArrayList<>();
    private int hours = 24;

    private Answer answer(String operation, JsonNode request) {
        if (operation.equals("DescribeStreamSummary")) {
            return Answer.ok(
                    "{\"StreamDescriptionSummary\":{\"RetentionPeriodHours\":%d}}"
                            .formatted(hours));
        }
        hours = request.path("RetentionPeriodHours").asInt();
        calls.add(operation + " " + request.path("StreamName").asText() + " " + hours);
        return Answer.ok("{}");
    }

    @Test
    void aPeriodIsIncreasedOrDecreased() {
        try (FakeService service = new FakeService(this::answer)) {
            KinesisRetainedStream stream =
                    new KinesisRetainedStream(
                            service.clients().kinesis(),
                            new StreamMetrics(FakeService.clientsOfNobody().cloudWatch()),
                            "events",
                            List.of(StreamMetrics.Reader.ofFunction("features")));
            assertThat(stream.retention()).isEqualTo(Duration.ofHours(24));

            stream.retain(Duration.ofDays(7));
            assertThat(stream.retention()).isEqualTo(Duration.ofDays(7));
            stream.retain(Duration.ofHours(24));

            assertThat(calls)
                    .containsExactly(
                            "IncreaseStreamRetentionPeriod events 168",
                            "DecreaseStreamRetentionPeriod events 24");
        }
    }
}
