package dev.freshet.model.blend;

/**
 * One thing taken, at 0, among things that were not.
 *
 * @param size how many candidates, ≥ 1; arrays may be longer
 * @param signals by candidate
 * @param ages class of each candidate's age, 0 to {@link ContextBucket#AGES} − 1
 * @param stands how many items each candidate stands for, ≥ 1: a negative drawn at random stands
 *     for all those that were not drawn (importance weighting, Bengio and Senécal 2008)
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody keeps them
public record Choice(
        ContextBucket bucket, int size, float[][] signals, int[] ages, float[] stands) {}
