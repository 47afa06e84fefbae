package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.signal.SignalFamilies;

/**
 * Candidates with their scores, and what is needed to explain a score.
 *
 * @param ranked every candidate, best first; scores are log odds up to a constant
 * @param weights weight of each signal in this request
 * @param refinement of the items that the weights alone ranked first
 * @param usual mean of each signal over the candidates: an item is set apart by its distance from
 *     it
 * @param likeness to the item being looked at, 0 to 1; empty where there is none
 * @param usualLikeness mean likeness over the candidates
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record BlendedScores(
        ItemScores ranked,
        Weights weights,
        Refinement refinement,
        float[] usual,
        IntFloats likeness,
        float usualLikeness) {
    /** Returns candidates in an order that no signal made. */
    static BlendedScores ordered(ItemScores order) {
        float[] none = new float[SignalFamilies.COUNT];
        return new BlendedScores(
                order, Weights.same(none), Refinement.NONE, none, new IntFloats(1), 0);
    }

    /**
     * Returns what each signal adds to an item's score beyond what it adds to that of the mean
     * candidate, in log odds, by {@link dev.freshet.model.signal.Signal#at}. Of the refinement, it
     * is what the signal adds beyond the mean of the refined items.
     */
    public float[] contributions(RequestContext request, int item) {
        float[] ofItem = weights.of(request, item);
        float[] signals = request.signals().of(item);
        float[] contributions = new float[signals.length];
        for (int at = 0; at < contributions.length; at++) {
            contributions[at] =
                    ofItem[at] * (signals[at] - usual[at])
                            + refinement.contribution(item, at, signals);
        }
        return contributions;
    }

    /** Returns the weights of one item's signals, by position, the refinement included. */
    public float[] weights(RequestContext request, int item) {
        return refinement.added(weights.of(request, item), item);
    }

    /** Returns the rank of an item, from 0, or −1. */
    public int rank(int item) {
        int rank = 0;
        while (rank < ranked.size() && ranked.item(rank) != item) {
            rank++;
        }
        return rank == ranked.size() ? -1 : rank;
    }
}
