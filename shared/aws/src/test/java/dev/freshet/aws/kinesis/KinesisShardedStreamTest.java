package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.FakeService;
import dev.freshet.store.ShardScaling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamResponse;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;

class KinesisShardedStreamTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");

    private final Streams kinesis = new Streams();
    private final KinesisShardedStream stream =
            new KinesisShardedStream(
                    kinesis,
                    new StreamMetrics(FakeService.clientsOfNobody().cloudWatch()),
                    "events");

    @Test
    void aChangeIsRememberedBeforeItIsMadeAndForgottenAfterADay() {
        ShardScaling.Report report =
                new ShardScaling.Report(
                        2,
                        false,
                        new double[ShardScaling.MINUTES],
                        List.of(NOW.minus(Duration.ofHours(25)), NOW.minus(Duration.ofHours(3))));

        stream.scale(4, report, NOW);

        long minute = NOW.getEpochSecond() / 60;
        assertThat(kinesis.calls).containsExactly("tag", "events has 4 UNIFORM_SCALING");
        assertThat(kinesis.tags)
                .containsExactly(
                        Map.entry(KinesisShardedStream.CHANGES, (minute - 180) + " " + minute));
    }

    private static final class Streams implements KinesisClient {
        private final List<String> calls = new ArrayList<>();
        private final Map<String, String> tags = new HashMap<>();

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
