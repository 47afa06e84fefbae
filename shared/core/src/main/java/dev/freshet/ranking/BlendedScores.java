package dev.freshet.ranking;

import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;

/**
 * Candidates with their scores, and what is needed to tell whence a score comes.
 *
 * @param ranked every candidate, best first; scores are log odds up to a constant
 * @param weights what the signals are worth in this request
 * @param usual the mean of each signal over the candidates: what sets an item apart is its distance
 *     from here
 * @param likeness to the item being looked at, 0 to 1; empty where none is
 * @param usualLikeness its mean over the candidates
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record BlendedScores(
        ItemScores ranked,
        Weights weights,
        float[] usual,
        IntFloats likeness,
        float usualLikeness) {}
