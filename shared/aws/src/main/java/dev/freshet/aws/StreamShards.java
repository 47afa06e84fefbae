package dev.freshet.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;

/** The shards of a stream, including closed ones, in the order in which Kinesis lists them. */
public final class StreamShards {
    /** Maximum number of shards listed: the largest quota that AWS grants. */
    private static final int MAX_SHARDS = 20_000;

    private StreamShards() {}

    /**
     * Lists the shards of a stream, with one call for each hundred shards.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException if the stream cannot be described
     */
    public static List<Shard> of(KinesisClient kinesis, String stream) {
        List<Shard> shards = new ArrayList<>();
        @Nullable String after = null;
        boolean more = true;
        while (more && shards.size() < MAX_SHARDS) {
            String start = after;
            StreamDescription page =
                    kinesis.describeStream(r -> r.streamName(stream).exclusiveStartShardId(start))
                            .streamDescription();
            shards.addAll(page.shards());
            more = page.hasMoreShards() && !page.shards().isEmpty();
            after = shards.isEmpty() ? null : shards.getLast().shardId();
        }
        return shards;
    }
}
