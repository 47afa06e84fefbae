package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.Identifier;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query for the order of given items.
 *
 * @param query the user, the circumstances and the constraints; its count and its diversity have no
 *     meaning
 * @param itemIds distinct, in the order of their first mention, 1 to {@value #MAX_ITEMS}
 * @param duplicates ids that were given more than once
 * @param drop whether items that a filter withholds are left out of the order
 * @param predictedRatings whether to predict the stars that the user would give
 */
public record RankQuery(
        RecommendationQuery query,
        List<String> itemIds,
        List<String> duplicates,
        boolean drop,
        boolean predictedRatings)
        implements ListRequest {
    public static final int MAX_ITEMS = 500;

    /** Longest body, in characters: that of a recommendation and {@value #MAX_ITEMS} ids. */
    public static final int MAX_BODY = QueryReader.MAX_BODY + (68 << 10);

    private static final Set<String> OWN = Set.of("itemIds", "drop", "predictedRating");

    /** Members of a request for recommendations that have no meaning for given items. */
    private static final Set<String> NOT_HERE = Set.of("count", "diversity", "paged", "page");

    private static final Set<String> MEMBERS = members();

    /**
     * Reads the body of {@code POST /v1/rank}.
     *
     * @param now used as the time of session items that have none
     * @param country alpha-2, used where the context has none; or null
     * @param types the types that events of the session can have
     * @throws InvalidQueryException for a body that breaks a rule
     */
    public static RankQuery of(
            JsonNode body, Instant now, @Nullable String country, EventTypes types) {
        Members members = Members.of(body, "", MEMBERS);
        List<String> ids =
                members.list(
                        "itemIds",
                        MAX_ITEMS,
                        "too-many-items",
                        (id, path) -> Members.identifier(id, path, Identifier.ANY));
        require(!ids.isEmpty(), "missing-field", "itemIds needs at least one id of an item.");
        Set<String> distinct = new LinkedHashSet<>();
        Set<String> duplicates = new LinkedHashSet<>();
        ids.forEach(id -> (distinct.contains(id) ? duplicates : distinct).add(id));
        return new RankQuery(
                QueryReader.recommendation(members, now, country, types),
                List.copyOf(distinct),
                List.copyOf(duplicates),
                members.flag("drop", false, "wrong-type"),
                members.flag("predictedRating", false, "wrong-type"));
    }

    private static Set<String> members() {
        Set<String> all = new HashSet<>(QueryReader.members());
        all.removeAll(NOT_HERE);
        all.addAll(OWN);
        return Set.copyOf(all);
    }
}
