package dev.freshet.experiment;

import dev.freshet.event.Context;
import dev.freshet.json.Identifier;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.Members;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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

    static final Set<String> MEMBERS = Set.of("placements", "countries", "devices", "segments");

    /** Most values of a condition. */
    private static final int MAX_VALUES = 20;

    private static final Pattern SEGMENT = Pattern.compile("s[1-9][0-9]{0,8}");

    public Targeting {
        placements = Set.copyOf(placements);
        countries = Set.copyOf(countries);
        devices = Set.copyOf(devices);
        segments = Set.copyOf(segments);
    }

    /** Reads the requests that a definition is about. */
    static Targeting read(Members target) {
        Set<String> countries = new HashSet<>();
        for (String country : texts(target, "countries")) {
            if (!country.matches("[A-Za-z]{2}")) {
                throw new InvalidQueryException(
                        "bad-country", "A country is two letters of ISO 3166-1, such as BR.");
            }
            countries.add(country.toUpperCase(Locale.ROOT));
        }
        Set<String> segments = texts(target, "segments");
        if (!segments.stream().allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            throw new InvalidQueryException(
                    "bad-segment", "A segment is an id of GET /v1/segments, such as s3.");
        }
        return new Targeting(
                texts(target, "placements"), countries, texts(target, "devices"), segments);
    }

    private static Set<String> texts(Members target, String name) {
        return new HashSet<>(target.texts(name, MAX_VALUES, Identifier.MAX_LENGTH, "too-many"));
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
