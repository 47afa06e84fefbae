package dev.freshet.experiment;

import dev.freshet.event.Context;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which requests an experiment is about. It is judged before the hash, on what no arm can change,
 * so the arms stay comparable. An empty set is no condition.
 *
 * @param placements places on the site
 * @param countries ISO 3166 alpha-2, upper case
 * @param devices such as mobile
 */
public record Targeting(Set<String> placements, Set<String> countries, Set<String> devices) {
    /** Every request. */
    public static final Targeting EVERYTHING = new Targeting(Set.of(), Set.of(), Set.of());

    public Targeting {
        placements = Set.copyOf(placements);
        countries = Set.copyOf(countries);
        devices = Set.copyOf(devices);
    }

    boolean includes(String placement, Context context) {
        return includes(placements, placement)
                && includes(countries, context.country())
                && includes(devices, context.device());
    }

    private static boolean includes(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
