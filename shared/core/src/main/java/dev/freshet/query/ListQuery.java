package dev.freshet.query;

import dev.freshet.json.WireName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A query for a {@link NamedList}.
 *
 * @param period over which popular items are counted; without a meaning for other lists
 * @param tag restricts the answer to items with this tag; null for all items, popular and trending
 *     ones in the scope of the context's country
 * @param query the user, the circumstances and the constraints; its boosts, its diversity and its
 *     rules of places have no meaning
 */
public record ListQuery(
        NamedList list, Period period, @Nullable String tag, RecommendationQuery query)
        implements ListRequest {
    @Override
    public String filtered() {
        return list.wireName();
    }

    /** The time over which popular items are counted; later interactions count more. */
    public enum Period implements WireName {
        HOUR,
        DAY,
        WEEK,
        MONTH;

        /** The period of a request that names none. */
        public static final Period DEFAULT = WEEK;

        /**
         * Returns the period of a name.
         *
         * @throws InvalidQueryException if there is none
         */
        static Period of(String wireName) {
            return WireName.find(Period.class, wireName)
                    .orElseThrow(
                            () ->
                                    new InvalidQueryException(
                                            "unknown-period",
                                            "There is no period "
                                                    + Members.quoted(wireName)
                                                    + "; the periods are "
                                                    + Arrays.stream(values())
                                                            .map(Period::wireName)
                                                            .collect(Collectors.joining(", "))
                                                    + "."));
        }
    }

    /** A list that is the same for all users but for what is withheld from each. */
    public enum NamedList implements WireName {
        /** The newest items first. */
        LATEST,
        /** The items with the most users of a period first. */
        POPULAR,
        /** The items that the most users like first. */
        LIKED,
        /** The items with the best ratings first. */
        TOP_RATED,
        /** The items whose popularity rises most first. */
        TRENDING;

        /** Returns the names of all lists. */
        public static List<String> names() {
            return Arrays.stream(values()).map(NamedList::wireName).toList();
        }
    }
}
