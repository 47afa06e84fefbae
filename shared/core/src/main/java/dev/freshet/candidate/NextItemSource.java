package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * What others met right after, and right before, what the reader met last, the item being looked at
 * included.
 */
public final class NextItemSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.NEXT_ITEM;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.signals().next(limit), request.signals().beside(limit));
    }
}
