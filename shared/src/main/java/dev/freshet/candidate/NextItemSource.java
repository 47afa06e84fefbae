package dev.freshet.candidate;

import dev.freshet.model.ItemScores;
import java.util.ArrayList;
import java.util.List;

/** What people went on to after what the reader met last, the item being looked at included. */
public final class NextItemSource implements CandidateSource {
    /** How many of the reader's latest items are asked about. */
    private static final int LATEST = 2;

    @Override
    public Source source() {
        return Source.NEXT_ITEM;
    }

    @Override
    public List<ItemScores> find(Visit visit, int limit) {
        List<ItemScores> found = new ArrayList<>(LATEST);
        for (int rank = 0; rank < Math.min(LATEST, visit.taste().size()); rank++) {
            found.add(visit.model().nextItems().after(visit.taste().items()[rank], limit));
        }
        return found;
    }
}
