package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.CountrySignals;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import java.util.List;

/** Items that rise within one scope. */
public record ScopedTrending(Scope scope) implements CandidateSource {
    @Override
    public Source source() {
        return scope.kind() == Scope.Kind.COUNTRY ? CountrySignals.SOURCE : TrendingSignals.SOURCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().trending(scope, request.now(), limit));
    }
}
