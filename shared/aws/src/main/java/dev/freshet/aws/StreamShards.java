package dev.freshet.aws;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;

/** All shards of a stream, closed ones too, in the order of the listing. */
public final class StreamShards {
    /** Most shards of a stream, by AWS's largest quota. */
    private static final int MOST = 20_000;

    private StreamShards() {}

    /**
     * Lists them, page by page: one call for each hundred.
     *
     * @throws software.amazon.awssdk.core.exception.SdkException when they cannot be listed
     */
    public static List<Shard> of(KinesisClient kinesis, String stream) {
        List<Shard> shards = new ArrayList<>();
        @Nullable String after = null;
        boolean more = true;
        while (more && shards.size() < MOST) {
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
