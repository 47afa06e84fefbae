package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import java.util.Optional;

/** How the sources' signals become one score; chosen by configuration. */
public sealed interface Strategy permits StackingStrategy, WeightedStrategy, SwitchingStrategy {
    /** The name of the one that is used where nothing is said. */
    String USUAL = "stacking";

    /** The names of all, for sentences. */
    String NAMES = "stacking, weighted, switching";

    /** The weights for this request. */
    Weights weights(RequestContext request, Candidates candidates);

    /** The strategy of this name, one of {@value #NAMES}. */
    static Optional<Strategy> of(String name) {
        return switch (name) {
            case "stacking" -> Optional.of(new StackingStrategy());
            case "weighted" -> Optional.of(new WeightedStrategy());
            case "switching" -> Optional.of(new SwitchingStrategy());
            default -> Optional.empty();
        };
    }
}
