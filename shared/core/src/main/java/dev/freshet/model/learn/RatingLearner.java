package dev.freshet.model.learn;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.rating.LeastSquares;
import dev.freshet.model.rating.Ratings;
import dev.freshet.model.signal.ModelView;
import java.util.function.Supplier;

/**
 * Updates the weights of the inputs of {@link Ratings} by a rating, before it is counted: predict
 * first, then learn. A user's second rating of an item is skipped, and of many ratings only every
 * {@value #EACH}th is learned, since each reads up to 200 baskets.
 */
public final class RatingLearner {
    /** Number of first ratings that are all learned. */
    static final long FIRST = 10_000;

    /** One of so many later ratings is learned. */
    static final long EACH = 4;

    private RatingLearner() {}

    /**
     * Returns the weights, checked.
     *
     * @throws MalformedBytesException where they do not have as many inputs as {@link Ratings}
     */
    static LeastSquares checked(LeastSquares stack) {
        MalformedBytesException.unless(
                stack.inputs() == Ratings.START.inputs(), stack.inputs() + " parts of a rating");
        return stack;
    }

    /** Returns the weights after a rating, unchanged where it is not learned. */
    public static LeastSquares learn(
            Example.Interaction interaction, Supplier<ModelView> peek, LeastSquares stack) {
        if (interaction.stars() <= 0) {
            return stack;
        }
        ModelView live = peek.get();
        long before = live.ratings().count();
        if (before >= FIRST && before % EACH != 0) {
            return stack;
        }
        int item = live.items().index(interaction.target().id());
        int[] basket = live.baskets().basket(interaction.user());
        int known = item < 0 ? -1 : BasketEntries.find(basket, item);
        if (known >= 0 && BasketEntries.halfStars(basket, known) > 0) {
            return stack;
        }
        Ratings ratings = live.ratings();
        Ratings.RatedItems rated = Ratings.RatedItems.of(basket);
        return stack.seen(ratings.inputs(rated, item), interaction.stars() - ratings.mean());
    }
}
