package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.Identifier;
import dev.freshet.query.RecommendationQuery.Paging;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A query for the explanation of a list.
 *
 * @param request the request that is explained
 * @param itemId the item whose way is explained, or null
 * @param recommendationId 32 hexadecimal digits of the list whose draws are repeated, or null
 */
public record ExplanationQuery(
        RecommendationQuery request, @Nullable String itemId, @Nullable String recommendationId) {
    private static final Set<String> BODY = Set.of("request", "itemId", "recommendationId");
    private static final int ID_LENGTH = 32;

    public ExplanationQuery {
        require(
                !(request.paging() instanceof Paging.Later),
                "bad-paging",
                "The list that is explained begins with its first page: leave out request.page.");
        if (recommendationId != null && !recommendationId.matches("[0-9a-f]{32}")) {
            throw new InvalidQueryException(
                    "bad-id", "recommendationId must have 32 digits of 0 to 9 and a to f.");
        }
    }

    /**
     * Reads the body of {@code POST /v1/recommendations/explain}.
     *
     * @param now used as the time of session items that have none
     * @param types the types that events of the session can have
     * @throws InvalidQueryException for a body that breaks a rule
     */
    public static ExplanationQuery of(JsonNode body, Instant now, EventTypes types) {
        Members members = Members.of(body, "", BODY);
        JsonNode request = members.find("request");
        if (request == null) {
            throw new InvalidQueryException(
                    "missing-field",
                    "request is missing: the body that recommendations would be requested by.");
        }
        return new ExplanationQuery(
                QueryReader.recommendation(request, now, null, types),
                members.identifier("itemId", Identifier.ANY),
                members.text("recommendationId", ID_LENGTH));
    }
}
