package dev.freshet.model;

import java.util.EnumMap;
import java.util.Map;

/**
 * The log-linear blend: an item's log odds are the weighted sum of its {@link Signals}. The weights
 * are fixed, one vector per {@link Situation}; learning them online, per device, hour and age of
 * item too, will take the place of the constants.
 */
public final class BlendWeights {
    private static final Map<Situation, BlendWeights> FIXED = new EnumMap<>(Situation.class);

    private final float[] bySignal = new float[Signal.COUNT];

    /**
     * The blend with these weights.
     *
     * @param weights in log odds per unit of the signal; a signal that is left out weighs nothing
     */
    public BlendWeights(Map<Signal, Float> weights) {
        weights.forEach((signal, weight) -> bySignal[signal.at()] = weight);
    }

    static {
        for (Situation situation : Situation.values()) {
            FIXED.put(situation, new BlendWeights(FixedWeights.of(situation)));
        }
    }

    public static BlendWeights of(Situation situation) {
        BlendWeights weights = FIXED.get(situation);
        if (weights == null) {
            throw new IllegalStateException("no weights for " + situation);
        }
        return weights;
    }

    public float weight(Signal signal) {
        return bySignal[signal.at()];
    }

    /**
     * Log odds, up to a constant that is the same for all items of a request.
     *
     * @param signals as {@link Signals#fill} writes them
     */
    public float score(float[] signals) {
        float score = 0;
        for (int at = 0; at < bySignal.length; at++) {
            score += bySignal[at] * signals[at];
        }
        return score;
    }
}
