package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
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
public record RankedCandidates(
        Candidates candidates,
        ItemScores ranked,
        Weights weights,
        float[] usual,
        IntFloats likeness,
        float usualLikeness) {
    /**
     * Returns candidates in the order in which they were found, which no signal made. The score of
     * a candidate is its distance from the end of that order.
     */
    static RankedCandidates inOrder(Candidates candidates) {
        int[] items = new int[candidates.size()];
        float[] order = new float[items.length];
        for (int slot = 0; slot < items.length; slot++) {
            items[slot] = candidates.item(slot);
            order[slot] = items.length - slot;
        }
        float[] none = new float[SignalFamilies.COUNT];
        return new RankedCandidates(
                candidates,
                new ItemScores(items, order),
                Weights.same(none),
                none,
                new IntFloats(1),
                0);
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

    /** Returns the bits of the sources that found a candidate. */
    int sources(int item) {
        return candidates.sources(candidates.slot(item));
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
