package dev.freshet.recommend;

import dev.freshet.model.Model;
import dev.freshet.model.rating.RatingCounts;
import dev.freshet.model.rating.Ratings;
import dev.freshet.ranking.RankedList.Ranked;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The stars that a user would give to the items of a list. An item has them where the model holds
 * {@value #LEAST_RATINGS} ratings, and {@value RatingCounts.Visible#LEAST_RATERS} different people
 * (or as many as {@code kAnonymity} says) rated the item. Of the user's own ratings those of items
 * with as many raters count: a rating of an item that one other person rated would else be a probe
 * of what that person thinks. Costs up to 0.1 ms an item.
 */
final class PredictedRatings {
    /** Ratings from which on the learned weights of a prediction are settled. */
    static final long LEAST_RATINGS = 1_000;

    /** Steps of a prediction, per star: its error is about one star. */
    private static final int STEPS = 10;

    private PredictedRatings() {}

    /** Returns the predictions by item id; items without one are left out. */
    static Map<String, Double> of(MadeList made) {
        Model model = made.request().model();
        Ratings ratings = model.ratings();
        if (ratings.count() < LEAST_RATINGS) {
            return Map.of();
        }
        RatingCounts.Visible opinions = model.visibleOpinions();
        Ratings.RatedItems own =
                only(
                        Ratings.RatedItems.of(model.items(), made.user().history()),
                        opinions::isRated);
        Map<String, Double> predicted = new HashMap<>();
        for (Ranked ranked : made.list().items()) {
            if (opinions.isRated(ranked.item())) {
                double stars = ratings.predict(own, ranked.item());
                predicted.put(
                        model.items().id(ranked.item()),
                        Math.round(stars * STEPS) / (double) STEPS);
            }
        }
        return predicted;
    }

    private static Ratings.RatedItems only(Ratings.RatedItems rated, IntPredicate kept) {
        int[] at =
                IntStream.range(0, rated.size())
                        .filter(index -> kept.test(rated.items()[index]))
                        .toArray();
        return new Ratings.RatedItems(
                Arrays.stream(at).map(index -> rated.items()[index]).toArray(),
                Arrays.stream(at).mapToDouble(index -> rated.stars()[index]).toArray());
    }
}
