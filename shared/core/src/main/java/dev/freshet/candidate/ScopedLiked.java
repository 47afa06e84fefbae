package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import java.util.List;

/**
 * Items that many users like, of all or with a tag.
 *
 * @param scope of all items or of a tag
 */
public record ScopedLiked(Scope scope) implements CandidateSource {
    @Override
    public Source source() {
        return PopularitySignals.SOURCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().liked(scope, limit));
    }
}
