package dev.freshet.model.basket;

/**
 * The change of a user's rating of an item, in half stars; 0 means no rating.
 *
 * @param before 0 to {@value dev.freshet.model.history.BasketEntries#MAX_HALF_STARS}
 * @param after 0 to {@value dev.freshet.model.history.BasketEntries#MAX_HALF_STARS}
 */
public record RatingChange(int before, int after) {
    static final RatingChange NONE = new RatingChange(0, 0);

    /** Returns the change by which a rating is removed. */
    public static RatingChange removed(int before) {
        return new RatingChange(before, 0);
    }

    /** Returns the change by which an item is rated for the first time. */
    public static RatingChange added(int after) {
        return new RatingChange(0, after);
    }
}
