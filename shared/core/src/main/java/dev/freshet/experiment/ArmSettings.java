package dev.freshet.experiment;

import dev.freshet.query.Boost;
import dev.freshet.query.Filter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How lists are made in an arm. What is null or empty is as without the experiment.
 *
 * @param strategy name of a blend strategy, or {@value #POPULAR}
 * @param weights factor on the weights of a source, by its name, 0 to 10
 * @param boosts in addition to those of the request
 * @param filter in addition to that of the request
 * @param diversity 0 to 1, in place of the request's
 * @param temperature of the Plackett-Luce policy, 0 (no exploration by it) to 1
 */
public record ArmSettings(
        @Nullable String strategy,
        Map<String, Double> weights,
        List<Boost> boosts,
        @Nullable Filter filter,
        @Nullable Double diversity,
        @Nullable Double temperature) {
    /** The strategy of popular items without personalisation. */
    public static final String POPULAR = "popular";

    /** Lists as without the experiment. */
    public static final ArmSettings UNCHANGED =
            new ArmSettings(null, Map.of(), List.of(), null, null, null);

    public ArmSettings {
        weights = Map.copyOf(weights);
        boosts = List.copyOf(boosts);
    }

    /** Returns whether the arm shows popular items without personalisation. */
    public boolean popularOnly() {
        return POPULAR.equals(strategy);
    }
}
