package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * What fits this reader by learned vectors; silent where there are too many items to look at all.
 */
public final class FactorSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.FACTORS;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.signals().fitting(limit));
    }
}
