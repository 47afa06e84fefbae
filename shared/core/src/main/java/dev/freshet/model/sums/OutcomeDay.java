package dev.freshet.model.sums;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sums of the lists that were issued on one day.
 *
 * @param day days since 1970-01-01 in UTC
 * @param pairs by placement and arm, at most {@link Outcomes#MAX_PAIRS} and of further placements
 * @param unattributed what belongs to no known list: lists, clicks and conversions without a token
 * @param newcomers how often each item was shown at a place that was drawn among new items, by its
 *     id, at most {@value #MAX_NEWCOMERS}; only of the newest day
 */
public record OutcomeDay(
        int day,
        SortedMap<OutcomePair, OutcomeSums> pairs,
        OutcomeSums unattributed,
        Map<String, Integer> newcomers) {
    /** Most items of a day whose showings as a new item are counted. */
    public static final int MAX_NEWCOMERS = 2_000;

    public OutcomeDay {
        pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
        newcomers = Map.copyOf(newcomers);
    }

    /** Returns whether a further placement or arm of the day is counted among the others. */
    public boolean isFull() {
        return pairs.keySet().stream().filter(OutcomePair::isTold).count() >= Outcomes.MAX_PAIRS;
    }

    /** Returns what became of the lists of all placements. */
    public OutcomeSums ofPlacements() {
        OutcomeSums sums = OutcomeSums.NONE;
        for (Map.Entry<OutcomePair, OutcomeSums> pair : pairs.entrySet()) {
            if (pair.getKey().isOfPlacement()) {
                sums = sums.plus(pair.getValue());
            }
        }
        return sums;
    }

    /** Returns the day once a later one has begun. */
    OutcomeDay past() {
        return newcomers.isEmpty() ? this : new OutcomeDay(day, pairs, unattributed, Map.of());
    }

    /** Returns a day without lists. */
    static OutcomeDay empty(int day) {
        return new OutcomeDay(day, new TreeMap<>(), OutcomeSums.NONE, Map.of());
    }
}
