package dev.freshet.insight;

import dev.freshet.model.audience.TopicKind;
import dev.freshet.query.InvalidQueryException;
import java.util.Map;
import java.util.Set;
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

    private static final Set<String> PARAMETERS = Set.of("by", "days", "country");

    /**
     * Reads the parameters of {@code GET /v1/insights/topics}.
     *
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public static TopicQuery of(Map<String, String> parameters) {
        if (!PARAMETERS.containsAll(parameters.keySet())) {
            throw new InvalidQueryException(
                    "unknown-parameter",
                    "The parameters are by, days and country; leave out any other.");
        }
        return new TopicQuery(
                TopicKind.ofName(parameters.getOrDefault("by", TopicKind.TAG.wireName()))
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "malformed-by", "by is tag, author or type.")),
                days(parameters.getOrDefault("days", Integer.toString(MAX_DAYS))),
                country(parameters.get("country")));
    }

    private static int days(String text) {
        if (!text.matches("[1-" + MAX_DAYS + "]")) {
            throw new InvalidQueryException(
                    "days-out-of-range", "days is a whole number from 1 to " + MAX_DAYS + ".");
        }
        return Integer.parseInt(text);
    }

    private static @Nullable String country(@Nullable String text) {
        if (text != null && !text.matches("[A-Z]{2}")) {
            throw new InvalidQueryException(
                    "malformed-country", "country is two capital letters, such as DE.");
        }
        return text;
    }
}
