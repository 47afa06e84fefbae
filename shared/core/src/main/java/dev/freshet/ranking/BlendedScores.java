package dev.freshet.ranking;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.signal.SignalFamilies;

/**
 * Candidates with their scores, and what is needed to explain a score.
 *
 * @param ranked every candidate, best first; scores are log odds up to a constant
 * @param weights weight of each signal in this request
 * @param usual mean of each signal over the candidates: an item is set apart by its distance from
 *     it
 * @param likeness to the item being looked at, 0 to 1; empty where there is none
 * @param usualLikeness mean likeness over the candidates
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record BlendedScores(
        ItemScores ranked,
        Weights weights,
        float[] usual,
        IntFloats likeness,
        float usualLikeness) {
    /** Returns candidates in an order that no signal made. */
    static BlendedScores ordered(ItemScores order) {
        float[] none = new float[SignalFamilies.COUNT];
        return new BlendedScores(order, Weights.same(none), none, new IntFloats(1), 0);
    }

    /**
     * Returns what a signal adds to an item's score beyond what it adds to that of the mean
     * candidate, in log odds.
     *
     * @param at {@link dev.freshet.model.signal.Signal#at}
     * @param weights for the item
     * @param signals of the item
     */
    float contribution(int at, float[] weights, float[] signals) {
        return weights[at] * (signals[at] - usual[at]);
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
