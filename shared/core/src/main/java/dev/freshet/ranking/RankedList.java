package dev.freshet.ranking;

import dev.freshet.candidate.CandidateFilter;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list and what it was made of.
 *
 * @param items best position first
 * @param blended every candidate with its score
 * @param rules by which places were given
 * @param withheld given items that a list of recommendations would not have; empty where no items
 *     were given
 */
public record RankedList(
        List<Ranked> items,
        RankedCandidates blended,
        ResolvedRules rules,
        List<Withheld> withheld) {
    /**
     * One position of the ranked list.
     *
     * @param item index into the model's items
     * @param score as {@link RankedCandidates#ranked}; in a list of trending items the decayed
     *     number of users over two hours
     * @param position how the item came to its position
     * @param logRatios of this position for each {@link ShadowPolicy} of the request; empty in a
     *     list that was not drawn by chance, which says nothing about other policies
     * @param sources bits of the {@link dev.freshet.model.signal.Source}s that found it
     * @param reasons largest share first, at least one; none before the position is explained
     * @param movedBy the user's own events with the largest effect, largest first, at most {@value
     *     Explanation#MAX_EVENTS}
     */
    public record Ranked(
            int item,
            double score,
            Position position,
            List<Float> logRatios,
            int sources,
            List<Reason> reasons,
            List<Moved> movedBy) {
        /** Returns the probability that the item is at this position, greater than 0, at most 1. */
        public double propensity() {
            return position.propensity();
        }

        /** Returns how the item came to its position. */
        public Kind kind() {
            return position.kind();
        }
    }

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
                    itemId,
                    "unknown",
                    "There is no such item in the catalogue, or it was deleted.");
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
         * @param limit the limit that the items above it have reached; null where its chance is
         *     below the least one
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
}
