package dev.freshet.ranking;

import java.util.List;

/**
 * A place of a list that was made by an earlier request.
 *
 * @param item index into the model's items
 * @param score as {@link Ranked#score}
 * @param propensity as {@link Ranked#propensity}
 * @param kind as {@link Ranked#kind}
 */
public record EarlierPlace(int item, double score, double propensity, Exploration.Kind kind) {
    /** Returns the place with its explanation. */
    Ranked ranked(int sources, Explanation.Explained explained) {
        return new Ranked(
                item,
                score,
                propensity,
                kind,
                List.of(),
                sources,
                explained.reasons(),
                explained.movedBy());
    }
}
