package dev.freshet.query;

import dev.freshet.event.Context;
import dev.freshet.event.UserIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A query for the items whose popularity is rising.
 *
 * @param tag restricts the answer to items with this tag; null for all items, in the scope of the
 *     context's country
 * @param user items that this user has read or hidden are left out; or null
 * @param context determines the scope and which items are available
 * @param placement the place on the site; ≤ 128 characters
 * @param count 1 to 100
 */
public record TrendingQuery(
        @Nullable String tag,
        @Nullable UserIdentity user,
        Context context,
        String placement,
        int count,
        Filter filter) {
    public TrendingQuery {
        RecommendationQuery.requireCount(count);
    }
}
