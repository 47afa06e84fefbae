package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import java.util.Optional;

/** How the signals of all sources become one score; chosen by configuration. */
public sealed interface Strategy
        permits ResidualStrategy,
                StackingStrategy,
                WeightedStrategy,
                SwitchingStrategy,
                ScaledStrategy {
    /** The weights of a strategy that refines nothing. */
    float[] NO_REFINEMENT = {};

    /** Name of the default strategy. */
    String USUAL = "stacking";

    /** Names of the strategies that can be chosen, for messages. */
    String NAMES = "residual, stacking, weighted, switching";

    /** Returns the weights for a request. */
    Weights weights(RequestContext request, Candidates candidates);

    /**
     * Returns what the signals of the first items weigh beside the weights of all, by {@link
     * dev.freshet.model.signal.Signal#at}; none where the first items are ranked as all are.
     */
    default float[] refinement(RequestContext request) {
        return NO_REFINEMENT;
    }

    /** Returns the strategy of a name, one of {@value #NAMES}. */
    static Optional<Strategy> of(String name) {
        return switch (name) {
            case "residual" -> Optional.of(new ResidualStrategy());
            case "stacking" -> Optional.of(new StackingStrategy());
            case "weighted" -> Optional.of(new WeightedStrategy());
            case "switching" -> Optional.of(new SwitchingStrategy());
            default -> Optional.empty();
        };
    }
}
