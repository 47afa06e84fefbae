package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/** What reads like what this reader met: by its words, and by what they mean. */
public final class ContentSource implements CandidateSource {
    @Override
    public Source source() {
        return Source.CONTENT;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        return List.of(request.signals().near(limit), request.signals().alike(limit));
    }
}
