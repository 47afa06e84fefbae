package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.aws.StreamShards;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.ExampleLog.ExampleHistory;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * The history of the {@code examples} stream, read from Kinesis shard after shard in the order of
 * their creation; the stream has one open shard at a time. Reads count against the shard's limit of
 * five a second and cost nothing else.
 */
public final class KinesisExampleHistory implements ExampleHistory {
    private static final String STORE = "The stream of examples";

    /** How far the end of a shard is behind that of the stream, at least, if another follows. */
    private static final Duration UNREAD = Duration.ofMillis(1);

    private final KinesisClient client;
    private final String stream;
    private final Optional<Instant> from;
    private final Deque<String> shards = new ArrayDeque<>();
    private @Nullable BigInteger after;
    private @Nullable String iterator;
    private Duration behind = Duration.ZERO;

    /**
     * Lists the shards that have records to read.
     *
     * @param from where to begin; empty for the oldest record
     * @param after sequence number of the last record already known, which takes precedence over
     *     {@code from}; 0 if there is none
     */
    public KinesisExampleHistory(
            KinesisClient client, String stream, Optional<Instant> from, BigInteger after) {
        this.client = client;
        this.stream = stream;
        this.from = from;
        for (Shard shard : AwsCalls.call(STORE, () -> StreamShards.of(client, stream))) {
            String end = shard.sequenceNumberRange().endingSequenceNumber();
            if (end == null || new BigInteger(end).compareTo(after) > 0) {
                shards.add(shard.shardId());
            }
        }
        this.after = after.signum() > 0 ? after : null;
    }

    @Override
    public List<StreamRecord> next(int limit) {
        return AwsCalls.call(STORE, () -> read(limit));
    }

    private List<StreamRecord> read(int limit) {
        String shard = shards.peek();
        if (shard == null) {
            return List.of();
        }
        String at = iterator == null ? open(shard) : iterator;
        iterator = null;
        GetRecordsResponse page = client.getRecords(r -> r.shardIterator(at).limit(limit));
        Long millis = page.millisBehindLatest();
        behind = Duration.ofMillis(millis == null ? 0 : millis);
        List<StreamRecord> records =
                page.records().stream()
                        .map(
                                record ->
                                        new StreamRecord(
                                                new ShardPosition(
                                                        stream + "/" + shard,
                                                        new BigInteger(record.sequenceNumber())),
                                                record.partitionKey(),
                                                record.data().asByteArray(),
                                                record.approximateArrivalTimestamp()))
                        .toList();
        if (!records.isEmpty()) {
            after = records.getLast().position().sequence();
        }
        iterator = page.nextShardIterator();
        if (iterator == null && shards.size() > 1) {
            shards.poll();
            after = null;
            behind = behind.isZero() ? UNREAD : behind;
        }
        return records;
    }

    private String open(String shard) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamName(stream).shardId(shard);
        if (after != null) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(after.toString());
        } else if (from.isPresent()) {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(from.get());
        } else {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    @Override
    public Duration behind() {
        return behind;
    }
}
