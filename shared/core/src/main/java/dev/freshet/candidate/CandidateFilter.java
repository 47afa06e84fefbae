package dev.freshet.candidate;

import java.util.List;
import java.util.function.IntPredicate;

/** Withholds items that must not be shown to this user, here and now. */
public interface CandidateFilter {
    /** Returns the name in log lines and explanations. */
    String wireName();

    /**
     * Returns why the filter withholds an item, as the end of a sentence about that item: "it does
     * not match the filter of the request".
     */
    String refusal();

    /**
     * Returns which items pass, by index into the model's items. Called once a request; the result
     * is asked once a candidate.
     */
    IntPredicate passing(RequestContext request);

    /**
     * Returns the filters of recommendations, in the order in which they are asked.
     *
     * @param cap how often an item is shown to a user who does not interact with it
     */
    static List<CandidateFilter> usual(FrequencyCap cap) {
        return List.of(
                new AvailabilityFilter(),
                new SeenFilter(),
                new UnwantedFilter(),
                new ShownFilter(cap),
                new RequestFilter());
    }

    /**
     * Returns whether the filter is dropped where otherwise fewer items than requested would be
     * found.
     */
    default boolean isRelaxable() {
        return false;
    }
}
