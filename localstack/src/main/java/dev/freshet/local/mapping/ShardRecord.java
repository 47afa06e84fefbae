package dev.freshet.local.mapping;

import java.math.BigInteger;
import java.time.Instant;

/**
 * One record of a shard.
 *
 * @param sequenceNumber its place in the shard; compared as a number, never as text
 * @param partitionKey the key that its producer gave, 1–256 characters
 * @param data the payload in Base64, as the invocation carries it
 * @param arrivedAt when the stream took it
 */
public record ShardRecord(
        BigInteger sequenceNumber, String partitionKey, String data, Instant arrivedAt) {

    /**
     * Bytes of one record's JSON beside its data and key: ids, ARNs, punctuation, with room to
     * spare.
     */
    private static final int ENVELOPE = 700;

    public ShardRecord {
        if (sequenceNumber.signum() < 0) {
            throw new IllegalArgumentException(
                    "a sequence number is not negative: " + sequenceNumber);
        }
    }

    /** An upper estimate of the record's bytes in an invocation payload. */
    public int payloadBytes() {
        return data.length() + 6 * partitionKey.length() + ENVELOPE;
    }
}
