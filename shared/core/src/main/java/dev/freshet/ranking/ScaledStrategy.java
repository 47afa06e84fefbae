package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import java.util.Map;

/**
 * The weights of another strategy, with those of some sources multiplied.
 *
 * <p>Cost: one multiplication for each signal and class of item age.
 *
 * @param factors by the source's wire name, at least 0; 1 for a source that is left out
 */
public record ScaledStrategy(Strategy unscaled, Map<String, Double> factors) implements Strategy {
    public ScaledStrategy {
        factors = Map.copyOf(factors);
    }

    @Override
    public Weights weights(RequestContext request, Candidates candidates) {
        float[] bySignal = new float[SignalFamilies.COUNT];
        for (Signal signal : SignalFamilies.SIGNALS) {
            bySignal[signal.at()] =
                    factors.getOrDefault(signal.source().wireName(), 1.0).floatValue();
        }
        return unscaled.weights(request, candidates).times(bySignal);
    }
}
