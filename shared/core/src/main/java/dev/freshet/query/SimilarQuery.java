package dev.freshet.query;

import dev.freshet.event.Context;
import dev.freshet.event.UserIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What is like this item?
 *
 * @param itemId the item to compare with
 * @param user who looks, or null: what this reader has read or hidden is left out
 * @param context decides what is available
 * @param placement the place on the site; ≤ 128 characters
 * @param count 1 to 100
 */
public record SimilarQuery(
        String itemId,
        @Nullable UserIdentity user,
        Context context,
        String placement,
        int count,
        Filter filter) {
    public SimilarQuery {
        RecommendationQuery.requireCount(count);
    }
}
