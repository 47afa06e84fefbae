package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.util.List;

/** What is met by many within one scope. */
public record ScopedPopularity(Scope scope, HalfLife halfLife) implements CandidateSource {
    @Override
    public Source source() {
        return Source.POPULARITY;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().top(scope, halfLife, request.now(), limit));
    }
}
