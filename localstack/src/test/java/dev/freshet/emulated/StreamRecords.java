package dev.freshet.emulated;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Reader of all records of a stream up to its present end. */
final class StreamRecords {
    private StreamRecords() {}

    /** Returns the records shard by shard, in order within a shard. */
    static List<StreamRecord> of(KinesisClient kinesis, String stream) {
        List<StreamRecord> records = new ArrayList<>();
        forEachPage(
                kinesis,
                stream,
                1_000,
                (shard, page) -> {
                    for (ShardRecord record : page) {
                        records.add(
                                new StreamRecord(
                                        new ShardPosition(
                                                stream + "/" + shard, record.sequenceNumber()),
                                        record.partitionKey(),
                                        Base64.getDecoder().decode(record.data()),
                                        record.arrivedAt()));
                    }
                });
        return records;
    }

    /** Reads all pages of at most so many records, each with the id of its shard. */
    static void forEachPage(
            KinesisClient kinesis,
            String stream,
            int limit,
            BiConsumer<String, List<ShardRecord>> reader) {
        KinesisSource source = new KinesisSource(kinesis, stream);
        for (Lineage.Shard shard : source.shards()) {
            StreamSource.ShardReader pages =
                    source.open(shard.id(), new StreamSource.Position.Oldest());
            List<ShardRecord> page = pages.next(limit).records();
            while (!page.isEmpty()) {
                reader.accept(shard.id(), page);
                page = pages.next(limit).records();
            }
        }
    }
}
