package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import java.util.List;

/** What is rising within one scope. */
public record ScopedTrending(Scope scope) implements CandidateSource {
    @Override
    public Source source() {
        return scope.kind() == Scope.Kind.COUNTRY ? Source.COUNTRY : Source.TRENDING;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().trending(scope, request.now(), limit));
    }
}
