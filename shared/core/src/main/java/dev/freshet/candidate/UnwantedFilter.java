package dev.freshet.candidate;

import java.util.function.IntPredicate;

/** Passes what the reader has neither disliked nor hidden, by itself, by author or by tag. */
public final class UnwantedFilter implements CandidateFilter {
    @Override
    public IntPredicate passing(RequestContext request) {
        return item -> !request.seen().unwanted(item, request.model().items());
    }
}
