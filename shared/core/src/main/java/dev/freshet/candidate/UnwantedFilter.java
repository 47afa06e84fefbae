package dev.freshet.candidate;

import java.util.function.IntPredicate;

/** Passes items that the user has neither disliked nor hidden, directly or by author or tag. */
public final class UnwantedFilter implements CandidateFilter {
    @Override
    public String wireName() {
        return "unwanted";
    }

    @Override
    public String refusal() {
        return "the user disliked or hid it, its author or one of its tags";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        return item -> !request.seen().unwanted(item, request.model().items());
    }
}
