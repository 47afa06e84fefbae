package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import java.util.Optional;

/** How the signals of all sources become one score; chosen by configuration. */
public sealed interface Strategy
        permits StackingStrategy, WeightedStrategy, SwitchingStrategy, ScaledStrategy {
    /** Name of the default strategy. */
    String USUAL = "stacking";

    /** Names of the strategies that can be chosen, for messages. */
    String NAMES = "stacking, weighted, switching";

    /** Returns the weights for a request. */
    Weights weights(RequestContext request, Candidates candidates);

    /** Returns the strategy of a name, one of {@value #NAMES}. */
    static Optional<Strategy> of(String name) {
        return switch (name) {
            case "stacking" -> Optional.of(new StackingStrategy());
            case "weighted" -> Optional.of(new WeightedStrategy());
            case "switching" -> Optional.of(new SwitchingStrategy());
            default -> Optional.empty();
        };
    }
}
