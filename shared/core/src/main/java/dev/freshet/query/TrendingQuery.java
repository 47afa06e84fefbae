package dev.freshet.query;

import dev.freshet.event.Context;
import dev.freshet.event.UserIdentity;
import org.jspecify.annotations.Nullable;

/**
 * What is rising right now?
 *
 * @param tag only among items with this tag, or null for all; without a tag the context's country
 *     is the scope
 * @param user who looks, or null: what this reader has read or hidden is left out
 * @param context decides the scope and what is available
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
