package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/** What is met together with, or reads like, the item being looked at. */
public final class SimilarSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.SIMILAR;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        int item = request.lookedAt();
        return item == RequestContext.NO_ITEM
                ? List.of()
                : List.of(
                        request.model().coOccurrence().similar(item, limit),
                        request.model().content().similar(item, limit),
                        request.model().alike(item, limit));
    }
}
