package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * Whatever there is, newest first. Speaks up only where the other sources' usual finds did not pass
 * the filters, so that a narrow filter still finds what it asks for.
 */
public final class CatalogueSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.CATALOGUE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        if (limit <= Candidates.USUAL_DEPTH) {
            return List.of();
        }
        int size = request.model().items().size();
        int[] items = new int[Math.min(size, limit)];
        for (int rank = 0; rank < items.length; rank++) {
            items[rank] = size - 1 - rank;
        }
        return List.of(new ItemScores(items, new float[items.length]));
    }
}
