package dev.freshet.local.mapping;

import java.math.BigInteger;
import java.util.List;

/**
 * Records that are delivered together, in their order in the shard.
 *
 * @param records one or more
 * @param retries how many of the mapping's retries these records have used up
 */
public record ShardBatch(List<ShardRecord> records, int retries) {

    public ShardBatch {
        records = List.copyOf(records);
        if (records.isEmpty() || retries < 0) {
            throw new IllegalArgumentException(
                    "a batch has records and has been retried zero times or more");
        }
    }

    public int size() {
        return records.size();
    }

    public ShardRecord first() {
        return records.getFirst();
    }

    public ShardRecord last() {
        return records.getLast();
    }

    /** Where in the batch the sequence number stands, or −1. */
    public int indexOf(BigInteger sequenceNumber) {
        int low = 0;
        int high = records.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = records.get(middle).sequenceNumber().compareTo(sequenceNumber);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The records from {@code from} up to but without {@code to}, with the retries given. */
    ShardBatch part(int from, int to, int retriesUsed) {
        return new ShardBatch(records.subList(from, to), retriesUsed);
    }
}
