package dev.freshet.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource.Position;
import dev.freshet.local.mapping.StreamSource.ShardReader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

class KinesisSourceTest {
    private static final KinesisClient KINESIS = EmulatedAws.clients().kinesis();
    private static final String STREAM = "source-of-tests";

    private static void put(String key) {
        KINESIS.putRecord(
                request ->
                        request.streamName(STREAM)
                                .partitionKey(key)
                                .data(SdkBytes.fromUtf8String("x")));
    }

    private static List<String> keys(ShardReader reader) {
        return reader.next(10).records().stream().map(ShardRecord::partitionKey).toList();
    }

    @Test
    void readingSinceATimeBeginsAtOnceWithWhatArrivesFromThenOn() throws InterruptedException {
        KINESIS.createStream(request -> request.streamName(STREAM).shardCount(1));
        KINESIS.waiter().waitUntilStreamExists(request -> request.streamName(STREAM));
        KinesisSource source = new KinesisSource(KINESIS, STREAM);
        String shard = source.shards().getFirst().id();

        ShardReader early = source.open(shard, new Position.Since(Instant.now()));
        assertThat(keys(early)).as("an empty stream is no reason to wait").isEmpty();
        put("first");
        assertThat(keys(early)).containsExactly("first");
        Instant later =
                source.open(shard, new Position.Oldest())
                        .next(10)
                        .records()
                        .getLast()
                        .arrivedAt()
                        .plusMillis(1);
        ShardReader late = source.open(shard, new Position.Since(later));
        assertThat(keys(late)).isEmpty();
        Thread.sleep(5);
        put("second");

        assertThat(keys(late)).containsExactly("second");
        assertThat(keys(early)).containsExactly("second");
    }
}
