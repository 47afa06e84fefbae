package dev.freshet.emulated;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reader of all records of a stream up to its present end. */
final class StreamRecords {
    private StreamRecords() {}

    /** Returns the records shard by shard, in order within a shard. */
    static List<Record> of(KinesisClient kinesis, String stream) {
        List<Record> records = new ArrayList<>();
        for (Shard shard : kinesis.listShards(r -> r.streamName(stream)).shards()) {
            String iterator =
                    kinesis.getShardIterator(
                                    r ->
                                            r.streamName(stream)
                                                    .shardId(shard.shardId())
                                                    .shardIteratorType(
                                                            ShardIteratorType.TRIM_HORIZON))
                            .shardIterator();
            GetRecordsResponse page = get(kinesis, iterator);
            while (!page.records().isEmpty()) {
                records.addAll(page.records());
                page = get(kinesis, page.nextShardIterator());
            }
        }
        return records;
    }

    private static GetRecordsResponse get(KinesisClient kinesis, String iterator) {
        return kinesis.getRecords(r -> r.shardIterator(iterator));
    }
}
