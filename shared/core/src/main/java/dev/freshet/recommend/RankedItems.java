package dev.freshet.recommend;

import dev.freshet.ranking.GivenList.HeldBack;
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
     * @param code {@code unknown}, {@code limit}, {@code min-score}, or the name of the filter
     * @param text a sentence for people
     */
    public record Withheld(String itemId, String code, String text) {
        /** Code of an item that the model does not know, or must not show. */
        static final String UNKNOWN = "unknown";

        /** Code of an item that a limit holds back. */
        static final String LIMIT = "limit";

        /** Code of an item whose chance is below the least one. */
        static final String MIN_SCORE = "min-score";

        /** Returns why rules of places hold an item back. */
        static Withheld by(String itemId, HeldBack held) {
            return held.limit() == null
                    ? new Withheld(
                            itemId,
                            MIN_SCORE,
                            "Its chance to be taken rather than the mean of the given items is below"
                                    + " the minScore of a rule.")
                    : new Withheld(
                            itemId,
                            LIMIT,
                            "A rule allows "
                                    + held.limit().max()
                                    + " of the same "
                                    + held.limit().field().name()
                                    + " at most, and the items above it and the pinned ones are as"
                                    + " many.");
        }
    }

    public RankedItems {
        withheld = Map.copyOf(withheld);
        unranked = List.copyOf(unranked);
        dropped = List.copyOf(dropped);
        duplicates = List.copyOf(duplicates);
    }
}
