package dev.freshet.model.outcome;

import java.util.List;

/**
 * The port to the outcomes of past days. Every method may throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
public interface OutcomeHistory {
    /** Most days of one {@link #between}. */
    int MAX_DAYS = 400;

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
        if (lastDay - firstDay >= MAX_DAYS) {
            throw new IllegalArgumentException("at most " + MAX_DAYS + " days are read at once");
        }
    }
}
