package dev.freshet.model.outcome;

import org.jspecify.annotations.Nullable;

/**
 * The sums of a day and pair, as the Outcomes table stores them: without the buckets of their
 * parts, which would make a row of 0.4 KB one of up to 9 KB.
 *
 * @param day days since 1970-01-01 in UTC
 * @param pair placement and arm; null for what belongs to no known list
 * @param modelVersion the version of the model that the sums are of
 */
public record StoredOutcomes(
        int day, @Nullable OutcomePair pair, OutcomeSums sums, long modelVersion) {
    public StoredOutcomes {
        sums = sums.withoutPartBuckets();
    }
}
