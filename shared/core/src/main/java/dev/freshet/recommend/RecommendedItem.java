package dev.freshet.recommend;

import dev.freshet.catalog.Item;
import dev.freshet.ranking.EventAttribution;
import dev.freshet.ranking.Reason;
import java.util.List;

/**
 * One item of a response.
 *
 * @param item as the model has it, without its text; its title is empty where the catalogue has
 *     none
 * @param score natural logarithm of the odds, up to a constant that all items of one response
 *     share, rounded to tenths; falls with position except where diversity and exploration changed
 *     the order. In a list of trending items, about how many users of the last hours: 0, 1, 2, 5,
 *     10, 20, 50 and so on, rounded down
 * @param position from 1
 * @param reasons largest share first, at least one; shares are rounded to hundredths, contributions
 *     to tenths
 * @param movedBy the user's own events with the largest effect, largest first; empty for a user
 *     without any
 */
public record RecommendedItem(
        Item item,
        double score,
        int position,
        List<Reason> reasons,
        List<EventAttribution> movedBy) {
    public RecommendedItem {
        reasons = List.copyOf(reasons);
        movedBy = List.copyOf(movedBy);
    }

    public String itemId() {
        return item.itemId();
    }
}
