package dev.freshet.experiment;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.Identifier;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.FilterReader;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.Members;
import dev.freshet.ranking.Strategy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

    static final Set<String> MEMBERS =
            Set.of(
                    "id",
                    "weight",
                    "strategy",
                    "weights",
                    "boost",
                    "filter",
                    "diversity",
                    "exploration",
                    "learning");
    private static final double MAX_WEIGHT = 10;
    private static final Set<String> SOURCES =
            SignalFamilies.SCORED.stream()
                    .map(source -> source.wireName())
                    .collect(Collectors.toUnmodifiableSet());

    public ArmSettings {
        weights = Map.copyOf(weights);
        boosts = List.copyOf(boosts);
    }

    /** Returns whether the arm shows popular items without personalisation. */
    public boolean popularOnly() {
        return POPULAR.equals(strategy);
    }

    /**
     * Reads the settings of an arm, or of a shadow arm.
     *
     * @throws InvalidQueryException for settings that break a rule
     */
    static ArmSettings read(Members arm, EventTypes types) {
        List<Boost> boosts = new FilterReader(types).boosts(arm);
        JsonNode filter = arm.find("filter");
        String learning = arm.text("learning", Identifier.MAX_LENGTH);
        Filter only =
                filter == null ? null : new FilterReader(types).read(filter, arm.pathOf("filter"));
        Double diversity = arm.number("diversity", 0, 1);
        if (learning != null && !learning.equals("shared")) {
            throw new InvalidQueryException(
                    "unknown-learning",
                    arm.pathOf("learning")
                            + " is shared: all arms are ranked by one model, which learns"
                            + " from the lists of all.");
        }
        return new ArmSettings(
                strategy(arm),
                weights(arm.object("weights", SOURCES)),
                boosts,
                only,
                diversity,
                temperature(arm.object("exploration", Set.of("policy", "temperature"))));
    }

    private static @Nullable String strategy(Members arm) {
        String name = arm.text("strategy", Identifier.MAX_LENGTH);
        if (name != null && !name.equals(POPULAR) && Strategy.of(name).isEmpty()) {
            throw new InvalidQueryException(
                    "unknown-strategy",
                    arm.pathOf("strategy") + " is " + Strategy.NAMES + " or " + POPULAR + ".");
        }
        return name;
    }

    private static Map<String, Double> weights(@Nullable Members weights) {
        if (weights == null) {
            return Map.of();
        }
        Map<String, Double> found = new HashMap<>();
        for (String source : SOURCES) {
            Double weight = weights.number(source, 0, MAX_WEIGHT);
            if (weight != null) {
                found.put(source, weight);
            }
        }
        return found;
    }

    private static @Nullable Double temperature(@Nullable Members exploration) {
        if (exploration == null) {
            return null;
        }
        require(
                "plackett-luce".equals(exploration.text("policy", Identifier.MAX_LENGTH)),
                "unknown-policy",
                exploration.pathOf("policy") + " is plackett-luce.");
        return exploration.required(exploration.number("temperature", 0, 1), "temperature");
    }
}
