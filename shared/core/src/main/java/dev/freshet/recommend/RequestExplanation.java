package dev.freshet.recommend;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.candidate.Findings.Found;
import dev.freshet.json.WireName;
import dev.freshet.model.vectors.Segment;
import dev.freshet.ranking.Exploration;
import dev.freshet.ranking.ScoreParts;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a list came about, stage by stage. It tells what filters withhold and what a user did, and is
 * for the servers of a site alone. Numbers are rounded as in {@link RecommendedItem}.
 *
 * @param answer the list itself, with what sources found and filters removed in its trace
 * @param removedItems number of distinct items found that are no candidates
 * @param best the best candidates by their score, at most {@value #MAX_TOLD}
 * @param removed items found that are no candidates, in the order they were found, at most {@value
 *     #MAX_TOLD}
 * @param places parallel to the items of the answer
 * @param rules what each rule of the list did
 * @param segment of the user; null where it is not known
 * @param item the way of the item that was asked for; null where none was
 */
public record RequestExplanation(
        Recommendations answer,
        int removedItems,
        List<Candidate> best,
        List<Removed> removed,
        List<Place> places,
        List<RuleEffect> rules,
        @Nullable Segment segment,
        @Nullable ItemExplanation item) {
    /** Most candidates, and most removed items, that are listed one by one. */
    public static final int MAX_TOLD = 100;

    /**
     * A candidate.
     *
     * @param title empty where the catalogue has none
     * @param rank by score among all candidates, from 1
     * @param chance of being taken rather than the mean candidate, which {@code minScore} is about
     * @param position in the list, from 1; 0 where it is not in the list
     * @param found by which sources
     */
    public record Candidate(
            String itemId,
            @JsonInclude(Include.NON_EMPTY) String title,
            int rank,
            double score,
            double chance,
            @JsonInclude(Include.NON_DEFAULT) int position,
            @JsonProperty("foundBy") List<Found> found,
            @JsonUnwrapped ScoreParts parts) {}

    /**
     * An item that was found and is no candidate.
     *
     * @param filter the first that refuses it; null where there were too many candidates already
     */
    public record Removed(
            String itemId,
            @JsonInclude(Include.NON_EMPTY) String title,
            @Nullable String filter,
            @JsonProperty("foundBy") List<Found> found) {}

    /**
     * How an item came to its place in the list.
     *
     * @param position in the list, from 1
     * @param rank by score among all candidates, from 1
     * @param propensity probability that the item is at this place, given those above
     */
    public record Place(
            int position, int rank, @JsonProperty("by") Exploration.Kind kind, double propensity) {}

    /**
     * What a rule did.
     *
     * @param kind limit, pin, promotion or min-score
     */
    public record RuleEffect(String kind, String text) {}

    /** What became of the item that was asked for. */
    public enum Verdict implements WireName {
        /** It is in the list. */
        SHOWN,
        /** It is a candidate, and other candidates have the places. */
        NOT_CHOSEN,
        /** A filter withholds it. */
        REMOVED,
        /** No source found it. */
        NOT_FOUND,
        /** It was found when there were as many candidates as are ranked. */
        CROWDED_OUT,
        /** The model does not know it. */
        UNKNOWN
    }

    /**
     * The way of one item through the stages.
     *
     * @param filter the first that refuses the item, whether it was found or not; or null
     * @param found by which sources
     * @param candidate null where it is none
     * @param sentences what happened, stage by stage
     */
    public record ItemExplanation(
            String itemId,
            Verdict verdict,
            @Nullable String filter,
            @JsonProperty("foundBy") List<Found> found,
            @Nullable Candidate candidate,
            List<String> sentences) {}
}
