package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * What is met by many: just now, today and lately in all; lately on this device, in this country
 * and under the reader's tags.
 */
public final class PopularitySource implements CandidateSource {
    private static final List<HalfLife> HALF_LIVES =
            List.of(HalfLife.HALF_HOUR, HalfLife.TWELVE_HOURS, HalfLife.TWO_WEEKS);

    private final SharedLists lists = new SharedLists();

    @Override
    public Source source() {
        return Source.POPULARITY;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        List<ItemScores> found = new ArrayList<>();
        for (HalfLife halfLife : HALF_LIVES) {
            found.add(lists.top(request, Scope.ALL, halfLife, limit));
        }
        for (Scope scope : request.scopes()) {
            if (!scope.equals(Scope.ALL)) {
                found.add(lists.top(request, scope, HalfLife.THREE_DAYS, limit));
            }
        }
        for (String tag : request.tags()) {
            found.add(lists.top(request, Scope.tag(tag), HalfLife.THREE_DAYS, limit));
        }
        return found;
    }
}
