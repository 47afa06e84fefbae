package dev.freshet.candidate;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** What the filters of a request say to items that no source proposed. Used by one thread. */
public final class Refusals {
    private final List<CandidateFilter> filters;
    private final IntPredicate[] passing;

    private Refusals(List<CandidateFilter> filters, IntPredicate[] passing) {
        this.filters = filters;
        this.passing = passing;
    }

    /** Prepares all filters, also those that recommendations drop where items are few. */
    public static Refusals of(RequestContext request, List<CandidateFilter> filters) {
        return new Refusals(
                List.copyOf(filters),
                filters.stream()
                        .map(filter -> filter.passing(request))
                        .toArray(IntPredicate[]::new));
    }

    /** Returns the first filter that refuses an item; null where it passes all. */
    public @Nullable CandidateFilter refusing(int item) {
        int at = Candidates.refusing(passing, item);
        return at == passing.length ? null : filters.get(at);
    }
}
