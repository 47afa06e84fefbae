package dev.freshet.worker;

import java.math.BigInteger;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;

/**
 * Leaves records as the stream holds them. Nothing here writes records that hold others (the
 * producer library's aggregation); one that looks so is quarantined whole, as behind Lambda, where
 * two parts under one sequence number would pass for one record delivered twice.
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
