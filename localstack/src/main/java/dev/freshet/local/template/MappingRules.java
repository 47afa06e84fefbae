package dev.freshet.local.template;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one event source mapping, as CloudFormation names them.
 *
 * @param batchSize most records in one invocation, 1–10,000
 * @param batchingWindow how long an incomplete batch is held back, 0–300 s
 * @param maximumRetryAttempts retries of a batch after a function error, 0–10,000, or {@link
 *     #FOR_EVER}
 * @param maximumRecordAge records older than this are given up; null: never
 * @param bisectOnError whether a failing batch is split; splits use up no retries
 * @param reportItemFailures whether the function's answer is read for {@code batchItemFailures}
 * @param parallelizationFactor concurrent batches per shard, 1–10; order is kept per partition key
 * @param start where shards without a checkpoint begin
 * @param startTimestamp the moment of {@link Start#AT_TIMESTAMP}, else null
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

    /** Retry for as long as it takes. */
    public static final int FOR_EVER = -1;

    /** Largest invocation payload, in bytes of JSON. */
    public static final int MAXIMUM_PAYLOAD = 6 * 1024 * 1024;

    /** Where a shard without a checkpoint begins. */
    public enum Start {
        /** The oldest record that the stream still has. */
        TRIM_HORIZON,
        /** What arrives after the mapping was made. */
        LATEST,
        /** The first record at or after a moment. */
        AT_TIMESTAMP
    }

    /** AWS's defaults for Kinesis. */
    public static final MappingRules DEFAULTS =
            new MappingRules(
                    100, Duration.ZERO, FOR_EVER, null, false, false, 1, Start.TRIM_HORIZON, null);

    public MappingRules {
        within("BatchSize", batchSize, 1, 10_000);
        within("MaximumRetryAttempts", maximumRetryAttempts, FOR_EVER, 10_000);
        within("ParallelizationFactor", parallelizationFactor, 1, 10);
        if (batchingWindow.isNegative() || batchingWindow.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException(
                    "MaximumBatchingWindowInSeconds is 0 to 300, not " + batchingWindow);
        }
        if (maximumRecordAge != null
                && (maximumRecordAge.isNegative() || maximumRecordAge.isZero())) {
            throw new IllegalArgumentException(
                    "MaximumRecordAgeInSeconds is positive or -1, not " + maximumRecordAge);
        }
        if ((start == Start.AT_TIMESTAMP) != (startTimestamp != null)) {
            throw new IllegalArgumentException(
                    "StartingPositionTimestamp goes with AT_TIMESTAMP and nothing else");
        }
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    name + " is " + least + " to " + most + ", not " + value);
        }
    }

    /** The most records of a shard that wait in memory: two rounds of batches, at least 2,000. */
    public int bufferBound() {
        return Math.max(2_000, 2 * batchSize * parallelizationFactor);
    }
}
