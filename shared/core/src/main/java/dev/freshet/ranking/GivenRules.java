package dev.freshet.ranking;

import java.util.Set;

/**
 * The rules under which given items are ordered.
 *
 * @param rules of places; pins name given items
 * @param withheld items that a filter withholds: they keep their place, but rules give them none
 *     and do not count them
 * @param drop whether what limits and the least score hold back is left out; else it keeps its
 *     place, and is named
 */
public record GivenRules(PlaceRules rules, Set<Integer> withheld, boolean drop) {
    /** No rules. */
    public static final GivenRules NONE = new GivenRules(PlaceRules.NONE, Set.of(), false);

    public GivenRules {
        withheld = Set.copyOf(withheld);
    }
}
