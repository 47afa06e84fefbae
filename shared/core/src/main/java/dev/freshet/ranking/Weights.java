package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.ContextBucket;
import java.util.Arrays;

/**
 * The weight of each signal for one request, by class of item: an item's log odds are one dot
 * product.
 *
 * @param byClass by class of item and {@link dev.freshet.model.signal.Signal#at}, in log odds per
 *     unit of the signal
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; nobody changes them
public record Weights(float[][] byClass) {
    /** Returns weights that are the same for all items. */
    static Weights same(float[] weights) {
        float[][] byClass = new float[ContextBucket.CLASSES][];
        Arrays.fill(byClass, weights);
        return new Weights(byClass);
    }

    /**
     * Returns the weighted mean of these weights and others.
     *
     * @param share of these weights, 0 to 1
     */
    Weights mixed(double share, Weights others) {
        float[][] mixed = new float[byClass.length][];
        for (int age = 0; age < mixed.length; age++) {
            mixed[age] = new float[byClass[age].length];
            for (int at = 0; at < mixed[age].length; at++) {
                mixed[age][at] =
                        (float) (share * byClass[age][at] + (1 - share) * others.byClass[age][at]);
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
        float[][] scaled = new float[byClass.length][];
        for (int age = 0; age < scaled.length; age++) {
            scaled[age] = byClass[age].clone();
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
     * @param itemClass as {@link dev.freshet.model.signal.Signals#itemClass} returns it
     */
    public float score(float[] signals, int itemClass) {
        float[] weights = byClass[itemClass];
        float score = 0;
        for (int at = 0; at < weights.length; at++) {
            score += weights[at] * signals[at];
        }
        return score;
    }

    /** Returns the weights for one item, by {@link dev.freshet.model.signal.Signal#at}. */
    public float[] of(RequestContext request, int item) {
        return byClass[request.signals().itemClass(item)];
    }
}
