package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What is rising just now: in all, on this device, in this country, and under the reader's tags.
 */
public final class TrendingSource implements CandidateSource {
    private final SharedLists lists = new SharedLists();

    @Override
    public Source source() {
        return Source.TRENDING;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        List<ItemScores> found = new ArrayList<>();
        for (Scope scope : request.scopes()) {
            found.add(lists.trending(request, scope, limit));
        }
        for (String tag : request.tags()) {
            found.add(lists.trending(request, Scope.tag(tag), limit));
        }
        return found;
    }
}
