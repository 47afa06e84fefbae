package dev.freshet.model.settings;

import static dev.freshet.check.Check.require;

import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a site wants of its lists: how much an interaction of a type weighs when the blend learns
 * from it. Only the ratios of the weights matter, because the blend adapts the length of its steps.
 *
 * @param weights 0 to {@value #MAX_WEIGHT} by type; a type that is not named weighs 1, and from one
 *     of weight 0 the blend does not learn
 */
public record Objective(Map<EventType, Double> weights) {
    /** The largest weight. */
    public static final double MAX_WEIGHT = 100;

    /** The longest text, in characters. */
    public static final int MAX_TEXT = 500;

    /** Every interaction weighs 1. */
    public static final Objective EVEN = new Objective(Map.of());

    private static final Pattern ENTRY =
            Pattern.compile("(?<type>[a-z0-9_-]{1,32})=(?<weight>\\d{1,3}(\\.\\d{1,2})?)");

    public Objective {
        weights = Map.copyOf(weights);
        require(
                weights.values().stream().allMatch(one -> one >= 0 && one <= MAX_WEIGHT),
                "a weight is not from 0 to 100");
    }

    /**
     * Reads weights by type, separated by commas: {@code purchase=5,cart=2.5,view=1}.
     *
     * @param types the types of the stack
     * @throws IllegalArgumentException with a sentence that says what cannot be read
     */
    public static Objective parse(String text, EventTypes types) {
        require(text.length() <= MAX_TEXT, "The weights must be at most 500 characters.");
        Map<EventType, Double> weights = new EnumMap<>(EventType.class);
        for (String entry : text.split(",", -1)) {
            Matcher parts = ENTRY.matcher(entry);
            require(
                    parts.matches(),
                    "The weights must be like purchase=5,cart=2.5: types of events, each with a"
                            + " number from 0 to 100 of at most two decimals.");
            String name = parts.group("type");
            double weight = Double.parseDouble(parts.group("weight"));
            require(weight <= MAX_WEIGHT, "The weight of " + name + " must be from 0 to 100.");
            EventType type =
                    types.ofName(name)
                            .filter(known -> known != EventType.IMPRESSION)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "There is no type of interaction "
                                                            + name
                                                            + "."));
            require(
                    weights.put(type, weight) == null,
                    "The type " + name + " has two weights; give it one.");
        }
        return new Objective(weights);
    }

    /** Returns the weight of an interaction of a type, 0 to {@value #MAX_WEIGHT}. */
    public double weight(EventType type) {
        return weights.getOrDefault(type, 1.0);
    }
}
