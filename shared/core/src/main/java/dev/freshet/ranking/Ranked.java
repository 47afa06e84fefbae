package dev.freshet.ranking;

import java.util.List;

/**
 * One place of the list that leaves this room.
 *
 * @param item index into the model's items
 * @param score as {@link BlendedScores#ranked}; of a trending list the decayed number of people
 *     over two hours
 * @param propensity probability of standing here, over 0 to 1
 * @param sources bits of the {@link dev.freshet.candidate.Source}s that found it
 * @param reasons largest share first, at least one
 * @param movedBy the reader's own events that moved it most, the most first, ≤ {@value
 *     Explanation#MOST_EVENTS}
 */
public record Ranked(
        int item,
        double score,
        double propensity,
        int sources,
        List<Reason> reasons,
        List<EventAttribution> movedBy) {
    public Ranked {
        reasons = List.copyOf(reasons);
        movedBy = List.copyOf(movedBy);
    }
}
