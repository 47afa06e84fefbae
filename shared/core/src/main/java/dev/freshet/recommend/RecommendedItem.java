package dev.freshet.recommend;

import dev.freshet.ranking.EventAttribution;
import dev.freshet.ranking.Reason;
import java.util.List;

/**
 * One item of an answer.
 *
 * @param title empty where the catalogue has none
 * @param score natural logarithm of the odds, up to a constant that all items of one answer share;
 *     falls with position but for what diversity and exploration moved
 * @param position from 1
 * @param reasons largest share first, at least one
 * @param movedBy the reader's own events that moved it most, the most first; none for somebody
 *     without any
 */
public record RecommendedItem(
        String itemId,
        String title,
        double score,
        int position,
        List<Reason> reasons,
        List<EventAttribution> movedBy) {
    public RecommendedItem {
        reasons = List.copyOf(reasons);
        movedBy = List.copyOf(movedBy);
    }
}
