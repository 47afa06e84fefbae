package dev.freshet.candidate;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.item.ItemTable;
import java.util.Arrays;
import java.util.List;

/**
 * What hardly anybody could meet yet: of the items that joined the catalogue last, those met by
 * fewer than {@value #FEW} people, the newest first.
 */
public final class NewItemSource implements CandidateSource {
    /** People who make an item known. */
    static final int FEW = 3;

    /** Items looked at, from the newest. */
    private static final int WINDOW = 500;

    @Override
    public Source source() {
        return Source.NEW;
    }

    @Override
    public List<ItemScores> find(RequestContext request, int limit) {
        ItemTable items = request.model().items();
        int[] unmet =
                Arrays.stream(items.newest(WINDOW))
                        .filter(item -> request.model().popularity().count(item) < FEW)
                        .limit(limit)
                        .toArray();
        float[] scores = new float[unmet.length];
        for (int rank = 0; rank < scores.length; rank++) {
            scores[rank] = 1f / (1 + rank);
        }
        return List.of(new ItemScores(unmet, scores));
    }
}
