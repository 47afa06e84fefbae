package dev.freshet.local.template;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Parameters of an event source mapping, as CloudFormation names them.
 *
 * @param batchSize maximum number of records in one invocation, 1–10,000
 * @param batchingWindow how long an incomplete batch waits for more records, 0–300 s
 * @param maximumRetryAttempts retries of a batch after a function error, 0–10,000, or {@link
 *     #UNLIMITED}
 * @param maximumRecordAge age beyond which records are given up; null for no limit
 * @param bisectOnError whether a failing batch is split; splits use no retries
 * @param reportItemFailures whether {@code batchItemFailures} in the function's answer is applied
 * @param parallelizationFactor concurrent batches per shard, 1–10; order is preserved per partition
 *     key
 * @param start where shards without a checkpoint begin
 * @param startTimestamp the time for {@link Start#AT_TIMESTAMP}, otherwise null
 */
public record MappingRules(
        int batchSize,
        Duration batchingWindow,
        int maximumRetryAttempts,
        @Nullable Duration maximumRecordAge,
        boolean bisectOnError,
        boolean reportItemFailures,
        int parallelizationFactor,
        Start start,
        @Nullable Instant startTimestamp) {

    /** Value of {@code maximumRetryAttempts} for unlimited retries. */
    public static final int UNLIMITED = -1;

    /** Maximum size of an invocation payload, in bytes of JSON. */
    public static final int MAXIMUM_PAYLOAD = 6 * 1024 * 1024;

    /** Position at which a shard without a checkpoint begins. */
    public enum Start {
        /** At the oldest record that the stream still has. */
        TRIM_HORIZON,
        /** At the records that arrive after the creation of the mapping. */
        LATEST,
        /** At the first record that arrived at or after a time. */
        AT_TIMESTAMP
    }

    /** AWS's defaults for Kinesis. */
    public static final MappingRules DEFAULTS =
            new MappingRules(
                    100, Duration.ZERO, UNLIMITED, null, false, false, 1, Start.TRIM_HORIZON, null);

    public MappingRules {
        within("BatchSize", batchSize, 1, 10_000);
        within("MaximumRetryAttempts", maximumRetryAttempts, UNLIMITED, 10_000);
        within("ParallelizationFactor", parallelizationFactor, 1, 10);
        if (batchingWindow.isNegative() || batchingWindow.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "MaximumBatchingWindowInSeconds must be 0 to 300, not " + batchingWindow);
        }
        if (maximumRecordAge != null
                && (maximumRecordAge.isNegative() || maximumRecordAge.isZero())) {
            throw new IllegalArgumentException(
                    "MaximumRecordAgeInSeconds must be positive or -1, not " + maximumRecordAge);
        }
        if ((start == Start.AT_TIMESTAMP) != (startTimestamp != null)) {
            throw new IllegalArgumentException(
                    "StartingPositionTimestamp must be set for AT_TIMESTAMP only");
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " must be " + least + " to " + most + ", not " + value);
        }
    }

    /**
     * Returns the maximum number of records of a shard in memory: two rounds of batches, at least
     * 2,000.
     */
    public int bufferBound() {
        return Math.max(2_000, 2 * batchSize * parallelizationFactor);
    }
}
