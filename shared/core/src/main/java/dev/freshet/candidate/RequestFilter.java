package dev.freshet.candidate;

import java.util.function.IntPredicate;

/** Passes items that match the filter of the request. */
public final class RequestFilter implements CandidateFilter {
    @Override
    public String wireName() {
        return "request";
    }

    @Override
    public String refusal() {
        return "it does not match the filter of the request";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        return request.filter()::test;
    }
}
