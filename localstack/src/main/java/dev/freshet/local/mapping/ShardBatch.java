package dev.freshet.local.mapping;

import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/**
 * Records that are delivered together, in the order of their shard.
 *
 * @param records one or more records
 * @param retries number of the mapping's retries that these records have used
 */
public record ShardBatch(List<ShardRecord> records, int retries) {

    public ShardBatch {
        records = List.copyOf(records);
        if (records.isEmpty() || retries < 0) {
            throw new IllegalArgumentException(
                    "a batch must have records and a retry count of at least 0");
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

    /** Returns the index of the record with the sequence number, or −1. */
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

    /**
     * Returns the records from {@code from} inclusive to {@code to} exclusive, with a number of
     * used retries.
     */
    ShardBatch part(int from, int to, int retriesUsed) {
        return new ShardBatch(records.subList(from, to), retriesUsed);
    }

    /**
     * One record of a shard.
     *
     * @param sequenceNumber position in the shard; compared numerically, never as text
     * @param partitionKey partition key given by the producer, 1–256 characters
     * @param data the payload in Base64, as in the invocation
     * @param arrivedAt when the stream received the record
     */
    public record ShardRecord(
            BigInteger sequenceNumber, String partitionKey, String data, Instant arrivedAt) {

        /**
         * Upper estimate of the bytes of a record's JSON without data and key: ids, ARNs and
         * punctuation.
         */
        private static final int ENVELOPE = 700;

        public ShardRecord {
            if (sequenceNumber.signum() < 0) {
                throw new IllegalArgumentException(
                        "a sequence number must not be negative: " + sequenceNumber);
            }
        }

        /** Returns an upper estimate of the record's bytes in an invocation payload. */
        public int payloadBytes() {
            return data.length() + 6 * partitionKey.length() + ENVELOPE;
        }
    }
}
