package dev.freshet.insight;

import dev.freshet.json.WireName;
import dev.freshet.model.audience.TopicKind;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question for topics.
 *
 * @param by what items are grouped by
 * @param days that supply and demand are of, 1 to {@value #MAX_DAYS}
 * @param country only interactions there and items available there (ISO 3166-1 alpha-2); null for
 *     all
 */
public record TopicQuery(TopicKind by, int days, @Nullable String country) {
    /** Most days of a question, and how many it has if it does not say. */
    public static final int MAX_DAYS = 7;

    /**
     * Reads the parameters of {@code GET /v1/insights/topics}.
     *
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public static TopicQuery of(Map<String, String> parameters) {
        QueryParameters asked = QueryParameters.of(parameters, "by", "days", "country");
        String country = asked.find("country").orElse(null);
        if (country != null && !country.matches("[A-Z]{2}")) {
            throw new InvalidQueryException(
                    "malformed-country", "country is two capital letters, such as DE.");
        }
        return new TopicQuery(
                WireName.find(TopicKind.class, asked.find("by").orElse(TopicKind.TAG.wireName()))
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "malformed-by", "by is tag, author or type.")),
                asked.whole("days", 1, MAX_DAYS, MAX_DAYS),
                country);
    }
}
