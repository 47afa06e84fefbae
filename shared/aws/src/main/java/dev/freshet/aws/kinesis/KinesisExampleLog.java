package dev.freshet.aws.kinesis;

import dev.freshet.aws.AwsCalls;
import dev.freshet.example.ExampleLog;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;

/**
 * The {@code examples} stream as a Kinesis data stream. All records have one partition key, and
 * each put names the sequence number of the record before it. Without that number Kinesis orders by
 * time of arrival only, and a record that overtook another would raise the high-water marks above
 * the examples of the overtaken one. (Kinesis API reference, PutRecord, SequenceNumberForOrdering.)
 */
public final class KinesisExampleLog implements ExampleLog {
    private static final String STORE = "The stream of examples";
    private static final String PARTITION_KEY = "examples";

    private final KinesisClient client;
    private final String streamName;
    private @Nullable String last;

    public KinesisExampleLog(KinesisClient client, String streamName) {
        this.client = client;
        this.streamName = streamName;
    }

    @Override
    public synchronized void put(byte[] record) {
        ExampleLog.check(record);
        String before = last;
        last =
                AwsCalls.call(
                        STORE,
                        () -> {
                            try {
                                return client.putRecord(
                                                r ->
                                                        r.streamName(streamName)
                                                                .partitionKey(PARTITION_KEY)
                                                                .sequenceNumberForOrdering(before)
                                                                .data(
                                                                        SdkBytes
                                                                                .fromByteArrayUnsafe(
                                                                                        record)))
                                        .sequenceNumber();
                            } catch (InvalidArgumentException e) {
                                // The number belongs to a closed shard, or to a stream that was
                                // deleted and created again.
                                last = null;
                                throw AwsCalls.unavailable(STORE, e);
                            }
                        });
    }
}
