package dev.freshet.ranking;

import java.util.List;

/**
 * A list and what it was made of.
 *
 * @param items best position first
 * @param blended every candidate with its score
 * @param positions how each item came to its position, parallel to {@code items}
 */
public record RankedList(
        List<Ranked> items, BlendedScores blended, List<Exploration.Position> positions) {
    public RankedList {
        items = List.copyOf(items);
        positions = List.copyOf(positions);
    }
}
