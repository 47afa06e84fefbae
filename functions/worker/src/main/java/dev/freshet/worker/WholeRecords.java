package dev.freshet.worker;

import java.math.BigInteger;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Deaggregation that leaves records as the stream holds them. Freshet writes no aggregated records
 * (those of the Kinesis Producer Library, which contain several); a record that looks like one is
 * quarantined whole, as in the Lambda functions, since two parts under one sequence number would
 * pass for one record delivered twice.
 */
final class WholeRecords extends AggregatorUtil {
    @Override
    public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
        return records;
    }

    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records, String startingHashKey, String endingHashKey) {
        return records;
    }

    @Override
    public List<KinesisClientRecord> deaggregate(
            List<KinesisClientRecord> records,
            BigInteger startingHashKey,
            BigInteger endingHashKey) {
        return records;
    }
}
