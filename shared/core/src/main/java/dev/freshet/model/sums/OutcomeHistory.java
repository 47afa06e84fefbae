package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to the outcomes of past days. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface OutcomeHistory {
    /** Most days of one {@link #between}. */
    int MAX_DAYS = 400;

    /**
     * The sums of a day and pair, as the Outcomes table stores them: without the buckets of their
     * parts, which would make a row of 0.4 KB one of up to 9 KB.
     *
     * @param day days since 1970-01-01 in UTC
     * @param pair placement and arm; null for what belongs to no known list
     * @param modelVersion the version of the model that the sums are of
     */
    record StoredOutcomes(
            int day, @Nullable OutcomePair pair, OutcomeSums sums, long modelVersion) {
        public StoredOutcomes {
            sums = sums.withoutPartBuckets();
        }
    }

    /**
     * Writes the absolute sums of a day and pair, unless a higher model version has written them
     * already.
     *
     * @return false when a higher model version has written them
     */
    boolean put(StoredOutcomes outcomes);

    /**
     * Returns the sums of the days from one to another, both included, oldest first, without
     * expired ones.
     *
     * @throws IllegalArgumentException for more than {@value #MAX_DAYS} days
     */
    List<StoredOutcomes> between(int firstDay, int lastDay);

    /** Checks the bound of a question. */
    static void check(int firstDay, int lastDay) {
        require(lastDay - firstDay < MAX_DAYS, "at most " + MAX_DAYS + " days are read at once");
    }
}
