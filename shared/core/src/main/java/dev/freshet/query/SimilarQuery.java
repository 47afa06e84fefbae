package dev.freshet.query;

import dev.freshet.event.Context;
import dev.freshet.event.UserIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query for items similar to an item.
 *
 * @param itemId the item to compare with
 * @param user items that this user has read or hidden are left out; or null
 * @param session items that the user has just interacted with, which are left out; newest last, ≤
 *     50
 * @param context determines which items are available
 * @param placement the place on the site; ≤ 128 characters
 * @param count 1 to 100
 */
public record SimilarQuery(
        String itemId,
        @Nullable UserIdentity user,
        List<SessionItem> session,
        Context context,
        String placement,
        int count,
        Filter filter) {
    public SimilarQuery {
        session = List.copyOf(session);
        RecommendationQuery.requireCount(count);
    }
}
