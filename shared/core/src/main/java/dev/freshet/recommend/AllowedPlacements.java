package dev.freshet.recommend;

import static dev.freshet.check.Check.require;

import dev.freshet.event.Event;
import dev.freshet.json.Identifier;
import dev.freshet.model.sums.OutcomePair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The placements whose lists are summed apart. Every other one is named {@link OutcomePair#OTHERS}
 * in the token of its list, and so in everything that comes of the list: whoever has a publishable
 * key can request lists for placements that do not exist, and a day has room for {@value
 * dev.freshet.model.sums.Outcomes#MAX_PAIRS}. A list without a valid token has no placement.
 *
 * @param names at most {@value #MOST}; empty for any placement
 */
public record AllowedPlacements(Set<String> names) {
    public static final int MOST = 32;

    /** The longest text of names, so that it fits the environment of a function. */
    public static final int MAX_LENGTH = 1_000;

    /** Any placement. */
    public static final AllowedPlacements ANY = new AllowedPlacements(Set.of());

    public AllowedPlacements {
        names = Set.copyOf(names);
        require(names.size() <= MOST, "At most " + MOST + " placements are told apart");
    }

    /** Returns whether a text lists names of placements, separated by commas. */
    public static boolean areNames(String text) {
        return text.length() <= MAX_LENGTH
                && split(text).size() <= MOST
                && split(text).stream()
                        .allMatch(
                                name ->
                                        Identifier.ANY.accepts(name)
                                                && !Event.Impression.RESERVED_PLACEMENTS.contains(
                                                        name));
    }

    /** Returns the placements of a text that {@link #areNames}. */
    public static AllowedPlacements of(String text) {
        return new AllowedPlacements(new HashSet<>(split(text)));
    }

    private static List<String> split(String text) {
        return List.of(text.split(",", -1));
    }

    /** Returns what the lists of a placement are summed as. */
    String counted(String placement) {
        return names.isEmpty() || names.contains(placement) ? placement : OutcomePair.OTHERS;
    }
}
