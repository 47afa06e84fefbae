package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.ContextBucket;
import java.util.Arrays;

/**
 * The weight of each signal for one request, by class of item age: an item's log odds are one dot
 * product.
 *
 * @param byAge by class of age and {@link dev.freshet.model.signal.Signal#at}, in log odds per unit
 *     of the signal
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record Weights(float[][] byAge) {
    /** Returns weights that do not depend on the age of an item. */
    static Weights same(float[] weights) {
        float[][] byAge = new float[ContextBucket.AGES][];
        Arrays.fill(byAge, weights);
        return new Weights(byAge);
    }

    /**
     * Returns the weighted mean of these weights and others.
     *
     * @param share of these weights, 0 to 1
     */
    Weights mixed(double share, Weights others) {
        float[][] mixed = new float[byAge.length][];
        for (int age = 0; age < mixed.length; age++) {
            mixed[age] = new float[byAge[age].length];
            for (int at = 0; at < mixed[age].length; at++) {
                mixed[age][at] =
                        (float) (share * byAge[age][at] + (1 - share) * others.byAge[age][at]);
            }
        }
        return new Weights(mixed);
    }

    /**
     * Returns these weights, each multiplied.
     *
     * @param factors by {@link dev.freshet.model.signal.Signal#at}
     */
    Weights times(float[] factors) {
        float[][] scaled = new float[byAge.length][];
        for (int age = 0; age < scaled.length; age++) {
            scaled[age] = byAge[age].clone();
            for (int at = 0; at < factors.length; at++) {
                scaled[age][at] *= factors[at];
            }
        }
        return new Weights(scaled);
    }

    /**
     * Returns log odds, up to a constant that all items of a request share.
     *
     * @param signals as {@link dev.freshet.model.signal.Signals#fill} writes them
     * @param age as {@link dev.freshet.model.signal.Signals#age} returns it
     */
    public float score(float[] signals, int age) {
        float[] weights = byAge[age];
        float score = 0;
        for (int at = 0; at < weights.length; at++) {
            score += weights[at] * signals[at];
        }
        return score;
    }

    /** Returns the weights for one item, by {@link dev.freshet.model.signal.Signal#at}. */
    public float[] of(RequestContext request, int item) {
        return byAge[request.signals().age(item)];
    }
}
