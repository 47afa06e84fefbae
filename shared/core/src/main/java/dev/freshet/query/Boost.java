package dev.freshet.query;

/**
 * A factor for the items that match a filter.
 *
 * @param when the items to which the factor applies
 * @param factor 0.1 to 10; multiplies the odds of the item
 */
public record Boost(Filter when, double factor) {
    public Boost {
        if (!(factor >= 0.1 && factor <= 10)) {
            throw new InvalidQueryException(
                    "boost-out-of-range", "A boost's factor must be between 0.1 and 10.");
        }
    }
}
