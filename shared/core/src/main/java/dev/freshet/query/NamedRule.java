package dev.freshet.query;

import dev.freshet.event.EventTypes;
import dev.freshet.json.Identifier;
import dev.freshet.query.Filter.Boost;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A rule that a site has stored under a name: a filter, boosts and rules of places, any of which
 * may be left out.
 *
 * @param name 1 to 64 letters, digits, hyphens, underscores and points, neither {@code .} nor
 *     {@code ..}, which URLs remove from paths
 */
public record NamedRule(String name, Filter filter, List<Boost> boosts, ListRules rules) {
    private static final String NAME = "[A-Za-z0-9._-]{1,64}";

    private static final Set<String> MEMBERS =
            Set.of("filter", "boost", "limits", "pins", "promotions", "minScore");

    public NamedRule {
        boosts = List.copyOf(boosts);
    }

    /** Returns whether a text can be the name of a rule. */
    public static boolean isName(String text) {
        return text.matches(NAME) && Identifier.ANY.accepts(text);
    }

    /**
     * Reads a rule.
     *
     * @param document JSON in UTF-8
     * @param types the types of events that its conditions can name
     * @throws InvalidQueryException if it breaks a rule of its members
     */
    public static NamedRule read(String name, byte[] document, EventTypes types) {
        Members members = Members.of(document, "rule", MEMBERS);
        FilterReader filters = new FilterReader(types);
        return new NamedRule(
                name,
                filters.member(members, "filter"),
                filters.boosts(members),
                ListRules.read(members, filters));
    }

    /** Returns the names of the members that it has beside its filter. */
    List<String> furtherMembers() {
        List<String> given = new ArrayList<>(boosts.isEmpty() ? List.of() : List.of("boost"));
        given.addAll(rules.members());
        return given;
    }

    /** Returns the number of nodes of all its trees. */
    public int nodes() {
        return Filter.nodes(filter)
                + boosts.stream().mapToInt(boost -> Filter.nodes(boost.when())).sum()
                + rules.nodes();
    }
}
