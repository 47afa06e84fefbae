package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import java.util.List;

/**
 * Items with good ratings, of all or with a tag.
 *
 * @param scope of all items or of a tag
 */
public record ScopedRated(Scope scope) implements CandidateSource {
    @Override
    public Source source() {
        return PopularitySignals.SOURCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().rated(scope, limit));
    }
}
