package dev.freshet.ranking;

import java.util.List;

/**
 * A list and what it was made of.
 *
 * @param items best position first
 * @param blended every candidate with its score
 * @param rules by which places were given
 * @param withheld given items that a list of recommendations would not have; empty where no items
 *     were given
 */
public record RankedList(
        List<Ranked> items,
        RankedCandidates blended,
        ResolvedRules rules,
        List<Withheld> withheld) {
    public RankedList {
        items = List.copyOf(items);
        withheld = List.copyOf(withheld);
    }
}
