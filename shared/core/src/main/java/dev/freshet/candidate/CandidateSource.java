package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import java.util.List;

/** Finds items that might be shown; knows nothing of what must not be. */
public interface CandidateSource {
    /** What its finds are owed to. */
    Source source();

    /**
     * Lists of items, each best first; empty where the visit gives it nothing to go by.
     *
     * @param limit most items of each list
     */
    List<ItemScores> find(RequestContext request, int limit);
}
