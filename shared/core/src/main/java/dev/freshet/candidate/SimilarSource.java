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
    public List<ItemScores> find(RequestContext visit, int limit) {
        int item = visit.lookedAt();
        return item == RequestContext.NO_ITEM
                ? List.of()
                : List.of(
                        visit.model().coOccurrence().similar(item, limit),
                        visit.model().content().similar(item, limit),
                        visit.model().alike(item, limit));
    }
}
