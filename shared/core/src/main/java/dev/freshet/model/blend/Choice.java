package dev.freshet.model.blend;

/**
 * One observed choice: the candidate that was chosen, at index 0, and candidates that were not.
 *
 * @param bucket context of the choice
 * @param size number of candidates, ≥ 1; the arrays may be longer
 * @param signals signals by candidate
 * @param ages class of each candidate's age, 0 to {@link ContextBucket#AGES} − 1
 * @param importance number of items that each candidate represents, ≥ 1: a negative drawn at random
 *     represents all those that were not drawn (importance weighting, Bengio and Senécal 2008)
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; not retained
public record Choice(
        ContextBucket bucket, int size, float[][] signals, int[] ages, float[] importance) {}
