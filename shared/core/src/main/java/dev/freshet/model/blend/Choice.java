package dev.freshet.model.blend;

/**
 * One observed choice: the candidate that was chosen, at index 0, and candidates that were not.
 *
 * @param bucket context of the choice
 * @param size number of candidates, ≥ 1; the arrays may be longer
 * @param signals signals by candidate
 * @param classes class of each candidate, 0 to {@link ContextBucket#CLASSES} − 1
 * @param importance number of items that each candidate represents, ≥ 1: a negative drawn at random
 *     represents all those that were not drawn (importance weighting, Bengio and Senécal 2008)
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; not retained
public record Choice(
        ContextBucket bucket, int size, float[][] signals, int[] classes, float[] importance) {
    /** Returns whether the user interacted with a candidate before. */
    boolean isRepeat(int at) {
        return ContextBucket.isRepeat(classes[at]);
    }

    /** Returns the number of candidates that are new to the user. */
    int amongNew() {
        int size = 0;
        for (int at = 0; at < this.size; at++) {
            size += isRepeat(at) ? 0 : 1;
        }
        return size;
    }
}
