package dev.freshet.model.basket;

/**
 * How somebody's rating of an item changed, in half stars; 0 is none.
 *
 * @param before 0 to {@value dev.freshet.model.history.BasketEntries#MOST_HALF_STARS}
 * @param after likewise
 */
public record Rerated(int before, int after) {
    static final Rerated NOT = new Rerated(0, 0);

    /** None any more. */
    public static Rerated from(int before) {
        return new Rerated(before, 0);
    }

    /** Of an item not met before. */
    static Rerated to(int after) {
        return new Rerated(0, after);
    }
}
