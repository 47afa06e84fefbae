package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/** What people met who met what this reader met. */
public final class CoOccurrenceSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.CO_OCCURRENCE;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.signals().related(limit));
    }
}
