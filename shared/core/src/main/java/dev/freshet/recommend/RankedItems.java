package dev.freshet.recommend;

import java.util.List;
import java.util.Map;

/**
 * Given items in the order for a user.
 *
 * @param list the items that have a score, best first
 * @param withheld why a filter of recommendations would withhold an item of the list, by id; empty
 *     where such items were dropped
 * @param unranked items that may not be shown to anybody now, in the order given; they come after
 *     the list
 * @param dropped items left out because the request asks for it, in the order given
 * @param duplicates ids that were given more than once
 */
public record RankedItems(
        Recommendations list,
        Map<String, Withheld> withheld,
        List<Withheld> unranked,
        List<Withheld> dropped,
        List<String> duplicates) {
    /**
     * An item that recommendations would not show.
     *
     * @param code {@code unknown}, or the name of the filter
     * @param text a sentence for people
     */
    public record Withheld(String itemId, String code, String text) {
        /** Code of an item that the model does not know, or must not show. */
        static final String UNKNOWN = "unknown";
    }

    public RankedItems {
        withheld = Map.copyOf(withheld);
        unranked = List.copyOf(unranked);
        dropped = List.copyOf(dropped);
        duplicates = List.copyOf(duplicates);
    }
}
