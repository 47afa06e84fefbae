package dev.freshet.model.outcome;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sums of the lists that were issued on one day.
 *
 * @param day days since 1970-01-01 in UTC
 * @param pairs by placement and arm, at most {@link Outcomes#MOST_PAIRS} and of further placements
 * @param unattributed what belongs to no known list: lists, clicks and conversions without a token
 */
public record OutcomeDay(
        int day, SortedMap<OutcomePair, OutcomeSums> pairs, OutcomeSums unattributed) {
    public OutcomeDay {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    /** Returns a day without lists. */
    static OutcomeDay empty(int day) {
        return new OutcomeDay(day, new TreeMap<>(), OutcomeSums.NONE);
    }
}
