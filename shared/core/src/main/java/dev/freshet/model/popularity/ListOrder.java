package dev.freshet.model.popularity;

/** An order of items by one property, of which the first ones are kept. */
sealed interface ListOrder permits HalfLife, ListOrder.Fixed {
    /** The orders that are not of decayed counts. */
    enum Fixed implements ListOrder {
        /** By birth, the latest first. */
        LATEST,
        /** By the number of users who like it, the most first. */
        LIKED,
        /** By rating, the highest first; without items that too few users rated. */
        RATED
    }
}
