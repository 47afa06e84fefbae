package dev.freshet.experiment;

import dev.freshet.event.Context;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which requests an experiment is about. It is judged before the hash, on what no arm can change,
 * so the arms stay comparable. An empty set is no condition.
 *
 * <p>The segment of a user is different: what an arm shows may move the user to another one. So it
 * decides who enters an experiment alone, and a user who is enrolled stays.
 *
 * @param placements places on the site
 * @param countries ISO 3166 alpha-2, upper case
 * @param devices such as mobile
 * @param segments ids of segments, of users who are not enrolled yet
 */
public record Targeting(
        Set<String> placements, Set<String> countries, Set<String> devices, Set<String> segments) {
    /** Every request. */
    public static final Targeting EVERYTHING =
            new Targeting(Set.of(), Set.of(), Set.of(), Set.of());

    public Targeting {
        placements = Set.copyOf(placements);
        countries = Set.copyOf(countries);
        devices = Set.copyOf(devices);
        segments = Set.copyOf(segments);
    }

    boolean includes(String placement, Context context) {
        return includes(placements, placement)
                && includes(countries, context.country())
                && includes(devices, context.device());
    }

    /**
     * Returns whether a user who is not enrolled can enter.
     *
     * @param segment returns the id of the user's segment, null for none; asked only where segments
     *     are a condition
     */
    boolean admits(Supplier<@Nullable String> segment) {
        return segments.isEmpty() || includes(segments, segment.get());
    }

    private static boolean includes(Set<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }
}
