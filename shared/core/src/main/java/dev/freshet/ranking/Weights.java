package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.ContextBucket;
import dev.freshet.model.signal.Signal;
import java.util.Arrays;

/**
 * What each signal is worth for this request, by class of item age: an item's log odds are one dot
 * product.
 *
 * @param byAge by class of age and {@link Signal#at}, in log odds per unit of the signal
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record Weights(float[][] byAge) {
    /** The same for items of every age. */
    static Weights same(float[] weights) {
        float[][] byAge = new float[ContextBucket.AGES][];
        Arrays.fill(byAge, weights);
        return new Weights(byAge);
    }

    /**
     * Log odds, up to a constant that is the same for all items of a request.
     *
     * @param signals as {@link dev.freshet.model.signal.Signals#fill} writes them
     * @param age as {@link dev.freshet.model.signal.Signals#age} tells
     */
    public float score(float[] signals, int age) {
        float[] weights = byAge[age];
        float score = 0;
        for (int at = 0; at < weights.length; at++) {
            score += weights[at] * signals[at];
        }
        return score;
    }

    /** Of one item, by {@link Signal#at}. */
    public float[] of(RequestContext request, int item) {
        return byAge[request.signals().age(item)];
    }
}
