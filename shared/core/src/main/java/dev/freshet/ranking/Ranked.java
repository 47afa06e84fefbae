package dev.freshet.ranking;

import dev.freshet.ranking.Exploration.Kind;
import java.util.List;

/**
 * One position of the ranked list.
 *
 * @param item index into the model's items
 * @param score as {@link BlendedScores#ranked}; in a list of trending items the decayed number of
 *     users over two hours
 * @param propensity probability that the item is at this position, greater than 0, at most 1
 * @param kind how the item came to its position
 * @param logRatios of this position for each {@link ShadowPolicy} of the request; empty in a list
 *     that was not drawn by chance, which says nothing about other policies
 * @param sources bits of the {@link dev.freshet.model.signal.Source}s that found it
 * @param reasons largest share first, at least one
 * @param movedBy the user's own events with the largest effect, largest first, at most {@value
 *     Explanation#MAX_EVENTS}
 */
public record Ranked(
        int item,
        double score,
        double propensity,
        Kind kind,
        List<Float> logRatios,
        int sources,
        List<Reason> reasons,
        List<EventAttribution> movedBy) {
    public Ranked {
        logRatios = List.copyOf(logRatios);
        reasons = List.copyOf(reasons);
        movedBy = List.copyOf(movedBy);
    }
}
