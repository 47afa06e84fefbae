package dev.freshet.features;

import static dev.freshet.check.Check.require;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The properties of events that are kept in rows, as a stack's owner names them. All others stay on
 * the stream only.
 *
 * @param names at most {@value #MOST}
 */
public record KeptProperties(Set<String> names) {
    /** Most properties that are kept. */
    public static final int MOST = 8;

    /** The longest value that is kept, in bytes of UTF-8; a longer one is left out. */
    public static final int MAX_VALUE_BYTES = 128;

    /** No properties. */
    public static final KeptProperties NONE = new KeptProperties(Set.of());

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,31}");

    public KeptProperties {
        names = Set.copyOf(names);
        require(names.size() <= MOST, "At most " + MOST + " properties are kept");
    }

    /**
     * Returns whether a text lists names of properties, separated by commas: each once, a letter,
     * then up to 31 letters, digits, {@code -}, {@code _} or {@code .}.
     */
    public static boolean areNames(String text) {
        List<String> names = split(text);
        return names.size() <= MOST
                && new HashSet<>(names).size() == names.size()
                && names.stream().allMatch(NAME.asMatchPredicate());
    }

    /** Returns the properties of a text that {@link #areNames}. */
    public static KeptProperties of(String text) {
        return new KeptProperties(new HashSet<>(split(text)));
    }

    private static List<String> split(String text) {
        return List.of(text.split(",", -1));
    }

    /** Returns those of an event's properties that are kept, by name. */
    public Map<String, String> of(Map<String, String> properties) {
        Map<String, String> kept = new TreeMap<>();
        for (String name : names) {
            String value = properties.get(name);
            if (value != null && value.getBytes(StandardCharsets.UTF_8).length <= MAX_VALUE_BYTES) {
                kept.put(name, value);
            }
        }
        return kept;
    }
}
