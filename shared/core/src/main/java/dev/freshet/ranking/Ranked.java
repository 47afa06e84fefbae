package dev.freshet.ranking;

import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import java.util.List;

/**
 * One position of the ranked list.
 *
 * @param item index into the model's items
 * @param score as {@link RankedCandidates#ranked}; in a list of trending items the decayed number
 *     of users over two hours
 * @param position how the item came to its position
 * @param logRatios of this position for each {@link ShadowPolicy} of the request; empty in a list
 *     that was not drawn by chance, which says nothing about other policies
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
        List<EventAttribution> movedBy) {
    public Ranked {
        logRatios = List.copyOf(logRatios);
        reasons = List.copyOf(reasons);
        movedBy = List.copyOf(movedBy);
    }

    /** Returns the probability that the item is at this position, greater than 0, at most 1. */
    public double propensity() {
        return position.propensity();
    }

    /** Returns how the item came to its position. */
    public Kind kind() {
        return position.kind();
    }
}
