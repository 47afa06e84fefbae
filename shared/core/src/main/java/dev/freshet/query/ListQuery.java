package dev.freshet.query;

import org.jspecify.annotations.Nullable;

/**
 * A query for a {@link NamedList}.
 *
 * @param period over which popular items are counted; without a meaning for other lists
 * @param tag restricts the answer to items with this tag; null for all items, popular and trending
 *     ones in the scope of the context's country
 * @param query the user, the circumstances and the constraints; its boosts and its diversity have
 *     no meaning
 */
public record ListQuery(
        NamedList list, Period period, @Nullable String tag, RecommendationQuery query)
        implements ListRequest {}
