package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.Source;
import java.util.List;

/**
 * The items that were born last, of all or with a tag.
 *
 * @param scope of all items or of a tag
 */
public record ScopedLatest(Scope scope) implements CandidateSource {
    @Override
    public Source source() {
        return NewItemSignals.SOURCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.model().popularity().latest(scope, request.now(), limit));
    }
}
