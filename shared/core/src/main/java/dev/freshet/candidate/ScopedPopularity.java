package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import java.util.List;

/** Items that many users interacted with within one scope. */
public record ScopedPopularity(Scope scope, HalfLife halfLife) implements CandidateSource {
    @Override
    public Source source() {
        return PopularitySignals.SOURCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().top(scope, halfLife, request.now(), limit));
    }
}
