package dev.freshet.model.basket;

/**
 * How somebody's rating of an item changed, in half stars; 0 is none.
 *
 * @param before 0 to {@value dev.freshet.model.history.BasketEntries#MOST_HALF_STARS}
 * @param after likewise
 */
public record RatingChange(int before, int after) {
    static final RatingChange NOT = new RatingChange(0, 0);

    /** None any more. */
    public static RatingChange from(int before) {
        return new RatingChange(before, 0);
    }

    /** Of an item not met before. */
    static RatingChange to(int after) {
        return new RatingChange(0, after);
    }
}
