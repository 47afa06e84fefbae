package dev.freshet.local.mapping;

import java.math.BigInteger;
import java.time.Instant;

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
