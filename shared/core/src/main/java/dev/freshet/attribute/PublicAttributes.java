package dev.freshet.attribute;

import dev.freshet.json.Identifier;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The attributes of items that a page may ask to be answered. An owner may keep others beside them,
 * such as the price of purchase, which only servers of the site read.
 *
 * @param names at most {@value #MOST}
 */
public record PublicAttributes(Set<String> names) {
    public static final int MOST = 32;

    /** The longest text of names, so that it fits the environment of a function. */
    public static final int MAX_LENGTH = 500;

    /** What a list is drawn with. */
    public static final PublicAttributes DEFAULT = of("imageUrl,url,price");

    public PublicAttributes {
        names = Set.copyOf(names);
    }

    /** Returns whether a text lists names of attributes, separated by commas. */
    public static boolean areNames(String text) {
        return text.length() <= MAX_LENGTH
                && split(text).size() <= MOST
                && split(text).stream().allMatch(Identifier.ANY::accepts);
    }

    /** Returns the attributes of a text that {@link #areNames}. */
    public static PublicAttributes of(String text) {
        return new PublicAttributes(new LinkedHashSet<>(split(text)));
    }

    private static List<String> split(String text) {
        return List.of(text.split(",", -1));
    }

    /** Returns whether a page may read the attribute. */
    public boolean allows(String name) {
        return names.contains(name);
    }
}
