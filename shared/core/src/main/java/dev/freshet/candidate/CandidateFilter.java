package dev.freshet.candidate;

import java.util.function.IntPredicate;

/** Holds back what must not be shown to this reader, here and now. */
public interface CandidateFilter {
    /**
     * What passes, by index into the model's items; made once a request, asked once a candidate.
     */
    IntPredicate passing(RequestContext request);

    /** Whether it gives way where otherwise fewer items than asked for would be found. */
    default boolean yields() {
        return false;
    }
}
