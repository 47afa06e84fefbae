package dev.freshet.ranking;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.query.ListRules.Limit;
import org.jspecify.annotations.Nullable;

/**
 * A given item that a list of recommendations would not have.
 *
 * @param code {@code unknown}, {@code limit}, {@code min-score}, or the name of the filter
 * @param text a sentence for people
 */
public record Withheld(String itemId, String code, String text) {
    /** Returns an item that the model does not know, or must not show. */
    public static Withheld unknown(String itemId) {
        return new Withheld(
                itemId, "unknown", "There is no such item in the catalogue, or it was deleted.");
    }

    /** Returns an item that a filter refuses. */
    public static Withheld by(String itemId, CandidateFilter filter) {
        return new Withheld(itemId, filter.wireName(), sentence(filter));
    }

    /** Returns the sentence that says which filter withholds an item. */
    public static String sentence(CandidateFilter filter) {
        return "The filter " + filter.wireName() + " withholds it: " + filter.refusal() + ".";
    }

    /**
     * Returns an item that rules of places hold back.
     *
     * @param limit the limit that the items above it have reached; null where its chance is below
     *     the least one
     */
    static Withheld by(String itemId, @Nullable Limit limit) {
        return limit == null
                ? new Withheld(
                        itemId,
                        "min-score",
                        "Its chance to be taken rather than the mean of the given items is below"
                                + " the minScore of a rule.")
                : new Withheld(
                        itemId,
                        "limit",
                        "A rule allows "
                                + limit.max()
                                + " of the same "
                                + limit.field().name()
                                + " at most, and the items above it and the pinned ones are as"
                                + " many.");
    }
}
