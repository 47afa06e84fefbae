package dev.freshet.local.mapping;

import dev.freshet.aws.StreamShards;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Stream source that reads Kinesis, or kinesalite, through the AWS SDK. */
public final class KinesisSource implements StreamSource {

    private final KinesisClient kinesis;
    private final String stream;
    private final UnaryOperator<Instant> arrivals;

    public KinesisSource(KinesisClient kinesis, String stream) {
        this(kinesis, stream, UnaryOperator.identity());
    }

    /**
     * Creates a source.
     *
     * @param arrivals returns the reader's time of a time of arrival
     */
    public KinesisSource(KinesisClient kinesis, String stream, UnaryOperator<Instant> arrivals) {
        this.kinesis = kinesis;
        this.stream = stream;
        this.arrivals = arrivals;
    }

    @Override
    public List<Lineage.Shard> shards() {
        try {
            return StreamShards.of(kinesis, stream).stream()
                    .map(shard -> new Lineage.Shard(shard.shardId(), parents(shard)))
                    .toList();
        } catch (SdkException e) {
            throw new SourceException(
                    "The shards of " + stream + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static List<String> parents(Shard shard) {
        return Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public ShardReader open(String shard, Position from) {
        return new Reader(shard, from);
    }

    private final class Reader implements ShardReader {
        private final String shard;
        private final Instant notBefore;
        private Position from;
        private @Nullable String iterator;

        Reader(String shard, Position from) {
            this.shard = shard;
            this.from = from;
            this.notBefore =
                    from instanceof Position.Since(var moment)
                            ? moment.truncatedTo(ChronoUnit.MILLIS)
                            : Instant.MIN;
        }

        @Override
        public Page next(int limit) {
            try {
                String at = iterator == null ? iterator() : iterator;
                GetRecordsResponse response =
                        kinesis.getRecords(request -> request.shardIterator(at).limit(limit));
                List<ShardRecord> records = new ArrayList<>();
                response.records()
                        .forEach(
                                record ->
                                        records.add(
                                                new ShardRecord(
                                                        new BigInteger(record.sequenceNumber()),
                                                        record.partitionKey(),
                                                        Base64.getEncoder()
                                                                .encodeToString(
                                                                        record.data()
                                                                                .asByteArrayUnsafe()),
                                                        arrivals.apply(
                                                                record
                                                                        .approximateArrivalTimestamp()))));
                if (!records.isEmpty()) {
                    from = new Position.After(records.getLast().sequenceNumber());
                }
                records.removeIf(record -> record.arrivedAt().isBefore(notBefore));
                iterator = response.nextShardIterator();
                return new Page(records, iterator == null);
            } catch (ExpiredIteratorException e) {
                iterator = null;
                return new Page(List.of(), false);
            } catch (SdkException e) {
                iterator = null;
                throw new SourceException(
                        stream + "/" + shard + " cannot be read: " + e.getMessage(), e);
            }
        }

        private String iterator() {
            try {
                return open(from);
            } catch (InvalidArgumentException e) {
                if (from instanceof Position.After) {
                    from = new Position.Oldest();
                    return open(from);
                }
                throw e;
            }
        }

        private String open(Position position) {
            GetShardIteratorRequest.Builder request =
                    GetShardIteratorRequest.builder().streamName(stream).shardId(shard);
            switch (position) {
                case Position.After(var number) ->
                        request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .startingSequenceNumber(number.toString());
                // Asked for a time, the emulator does not answer before a record of that time.
                default -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            }
            return kinesis.getShardIterator(request.build()).shardIterator();
        }
    }
}
