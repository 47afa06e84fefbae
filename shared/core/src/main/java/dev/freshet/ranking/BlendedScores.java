package dev.freshet.ranking;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;

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
        float usualLikeness) {}
