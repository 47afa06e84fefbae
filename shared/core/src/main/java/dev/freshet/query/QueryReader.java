package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.access.ListCursor;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.UserIdentity;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.TextRule;
import dev.freshet.query.RecommendationQuery.Repeats;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads queries from the JSON of a request or from its URL parameters, and checks them. Throws an
 * {@link InvalidQueryException} for a query that breaks a rule.
 */
public final class QueryReader {
    public static final int DEFAULT_COUNT = 20;
    public static final double DEFAULT_DIVERSITY = 0.2;
    public static final String DEFAULT_PLACEMENT = "default";

    /** Longest body, in characters. */
    public static final int MAX_BODY = 64 << 10;

    static final int MAX_WORD = 64;

    private static final Set<String> BODY =
            Set.of(
                    "userId",
                    "anonymousId",
                    "session",
                    "context",
                    "placement",
                    "itemId",
                    "count",
                    "filter",
                    "boost",
                    "diversity",
                    "repeats",
                    "consent",
                    ItemFields.NAME,
                    "language",
                    "paged",
                    "page",
                    "rules",
                    "limits",
                    "pins",
                    "promotions",
                    "minScore");
    private static final Set<String> CONTEXT =
            Set.of("device", "os", "browser", "locale", "country", "region", "localHour");
    private static final Set<String> SESSION = Set.of("id", "items");
    private static final Set<String> PARAMETERS =
            Set.of(
                    "count",
                    "country",
                    "region",
                    "device",
                    "placement",
                    "userId",
                    "anonymousId",
                    "filter",
                    ItemFields.NAME,
                    "language");

    private QueryReader() {}

    /** Returns the members that the body of {@code POST /v1/recommendations} may have. */
    static Set<String> members() {
        return BODY;
    }

    /**
     * Reads the body of {@code POST /v1/recommendations} where the country of the request is
     * unknown.
     */
    public static RecommendationQuery recommendation(String body, Instant now) {
        return recommendation(parse(body, "The body"), now, null);
    }

    /**
     * Reads the body of {@code POST /v1/recommendations} where the owner has no event types of
     * their own.
     *
     * @param now used as the time of session items that have none
     * @param country alpha-2, used where the context has none; or null
     */
    public static RecommendationQuery recommendation(
            JsonNode body, Instant now, @Nullable String country) {
        return recommendation(body, now, country, EventTypes.BUILT_IN);
    }

    /**
     * Reads the body of {@code POST /v1/recommendations}.
     *
     * @param types the types that events of the session can have and that conditions can name
     * @param now used as the time of session items that have none
     * @param country alpha-2, used where the context has none; or null
     */
    public static RecommendationQuery recommendation(
            JsonNode body, Instant now, @Nullable String country, EventTypes types) {
        FieldReader<InvalidQueryException> members = QueryViolations.fields(body, "", BODY);
        Integer count = members.whole("count");
        Double diversity = members.number("diversity");
        String placement = members.text("placement", TextRule.SINGLE_LINE, Identifier.MAX_LENGTH);
        JsonNode filter = members.find("filter");
        FilterReader filters = new FilterReader(types);
        Consent consent = consent(members.find("consent"));
        return new RecommendationQuery(
                consent.personalisation()
                        ? user(
                                members.identifier("userId", Identifier.USER),
                                members.identifier("anonymousId", Identifier.USER))
                        : null,
                session(members.find("session"), now, types),
                sessionId(members.find("session")),
                context(members.find("context"), country),
                placement == null ? DEFAULT_PLACEMENT : placement,
                members.identifier("itemId", Identifier.ANY),
                count == null ? DEFAULT_COUNT : count,
                filter == null ? Filter.EVERYTHING : filters.read(filter, "filter"),
                boosts(members, filters),
                diversity == null ? DEFAULT_DIVERSITY : diversity,
                repeats(members.text("repeats", TextRule.SINGLE_LINE, MAX_WORD)),
                consent.analytics(),
                paging(members),
                ListRulesReader.read(members, ListRulesReader.names(members), filters));
    }

    private static Paging paging(FieldReader<InvalidQueryException> members) {
        JsonNode paged = members.find("paged");
        String cursor = members.text("page", TextRule.SINGLE_LINE, ListCursor.MAX_LENGTH);
        if (paged != null && (!paged.isBoolean() || (cursor != null && !paged.booleanValue()))) {
            throw new InvalidQueryException(
                    "bad-paging",
                    "paged is true or false, and not false in a request for a later page.");
        }
        return cursor != null
                ? new Paging.Later(cursor)
                : paged != null && paged.booleanValue() ? Paging.FIRST : Paging.WHOLE;
    }

    /** Reads {@code GET /v1/items/{id}/similar} where the country of the request is unknown. */
    public static ListRequest.Similar similar(String itemId, Map<String, String> parameters) {
        return similar(itemId, parameters, null);
    }

    /**
     * Reads {@code GET /v1/items/{id}/similar}.
     *
     * @param country alpha-2, used where the parameters have none; or null
     */
    public static ListRequest.Similar similar(
            String itemId, Map<String, String> parameters, @Nullable String country) {
        check(parameters, Set.of());
        String item = QueryViolations.identifier(itemId, "The item's id", Identifier.ANY);
        return new ListRequest.Similar(ofParameters(parameters, country, item));
    }

    /** Reads {@code GET /v1/lists/{list}} where the country of the request is unknown. */
    public static ListQuery list(NamedList list, Map<String, String> parameters) {
        return list(list, parameters, null);
    }

    /**
     * Reads {@code GET /v1/lists/{list}}.
     *
     * @param country alpha-2, used where the parameters have none; or null
     */
    public static ListQuery list(
            NamedList list, Map<String, String> parameters, @Nullable String country) {
        check(parameters, list == NamedList.POPULAR ? Set.of("tag", "period") : Set.of("tag"));
        String period = parameters.get("period");
        return new ListQuery(
                list,
                period == null ? Period.DEFAULT : Period.of(period),
                id(parameters, "tag", Identifier.ANY),
                ofParameters(parameters, country, null));
    }

    private static RecommendationQuery ofParameters(
            Map<String, String> parameters, @Nullable String country, @Nullable String itemId) {
        return new RecommendationQuery(
                user(parameters),
                List.of(),
                null,
                context(parameters, country),
                placement(parameters),
                itemId,
                count(parameters),
                filter(parameters),
                List.of(),
                0,
                Repeats.BY_ITEM,
                true,
                Paging.WHOLE,
                ListRules.NONE);
    }

    private static JsonNode parse(String text, String what) {
        if (text.length() > MAX_BODY) {
            throw new InvalidQueryException(
                    "query-too-large", what + " may have at most " + MAX_BODY + " characters.");
        }
        try {
            return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            throw new InvalidQueryException("not-json", what + " cannot be read as JSON.");
        }
    }

    /**
     * Returns what the request consents to: to what it does not name. Without consent to
     * personalisation it is answered as a request of no user.
     */
    private static Consent consent(@Nullable JsonNode node) {
        if (node == null) {
            return Consent.GIVEN;
        }
        FieldReader<InvalidQueryException> consent =
                QueryViolations.fields(node, "consent", Set.of("personalisation", "analytics"));
        return new Consent(consents(consent, "personalisation"), consents(consent, "analytics"));
    }

    private static boolean consents(FieldReader<InvalidQueryException> consent, String purpose) {
        JsonNode answer = consent.find(purpose);
        if (answer != null && !answer.isBoolean()) {
            throw new InvalidQueryException(
                    "bad-consent", consent.pathOf(purpose) + " is true or false.");
        }
        return answer == null || answer.booleanValue();
    }

    private static List<SessionItem> session(
            @Nullable JsonNode node, Instant now, EventTypes types) {
        if (node == null) {
            return List.of();
        }
        List<SessionItem> items = new ArrayList<>();
        FieldReader<InvalidQueryException> session =
                QueryViolations.fields(node, "session", SESSION);
        for (JsonNode element :
                session.reportingBy(QueryViolations.withCodeIfMore("session-too-long"))
                        .array("items", RecommendationQuery.MAX_SESSION)) {
            FieldReader<InvalidQueryException> item =
                    QueryViolations.fields(
                            element,
                            "session.items[" + items.size() + "]",
                            Set.of("itemId", "type", "at"));
            String itemId = item.identifier("itemId", Identifier.ANY);
            if (itemId == null) {
                throw new InvalidQueryException(
                        "missing-field", item.pathOf("itemId") + " is missing.");
            }
            Instant at = QueryViolations.time(item, "at");
            EventType type = type(item.text("type", TextRule.SINGLE_LINE, MAX_WORD), types);
            items.add(
                    new SessionItem(
                            itemId,
                            type,
                            types.sign(type),
                            at == null || at.isAfter(now) ? now : at));
        }
        return items;
    }

    private static @Nullable String sessionId(@Nullable JsonNode node) {
        return node == null
                ? null
                : QueryViolations.fields(node, "session", SESSION).identifier("id", Identifier.ANY);
    }

    private static EventType type(@Nullable String name, EventTypes types) {
        if (name == null) {
            return EventType.VIEW;
        }
        return types.ofName(name)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "unknown-type",
                                        "There is no event type "
                                                + QueryViolations.quoted(name)
                                                + "."));
    }

    private static Context context(@Nullable JsonNode node, @Nullable String country) {
        FieldReader<InvalidQueryException> context =
                QueryViolations.fields(
                        node == null ? JsonNodeFactory.instance.objectNode() : node,
                        "context",
                        CONTEXT);
        Integer hour = context.whole("localHour");
        if (hour != null && (hour < 0 || hour > 23)) {
            throw new InvalidQueryException(
                    "hour-out-of-range", "context.localHour must be between 0 and 23.");
        }
        return new Context(
                context.text("device", TextRule.SINGLE_LINE, MAX_WORD),
                context.text("os", TextRule.SINGLE_LINE, MAX_WORD),
                context.text("browser", TextRule.SINGLE_LINE, MAX_WORD),
                context.text("locale", TextRule.SINGLE_LINE, MAX_WORD),
                country(context.text("country", TextRule.SINGLE_LINE, MAX_WORD), country),
                context.text("region", TextRule.SINGLE_LINE, MAX_WORD),
                null,
                null,
                hour);
    }

    private static @Nullable String country(@Nullable String code, @Nullable String fallback) {
        if (code != null && !code.matches("[A-Za-z]{2}")) {
            throw new InvalidQueryException(
                    "bad-country", "A country is two letters of ISO 3166-1, such as BR.");
        }
        return code == null ? fallback : code.toUpperCase(Locale.ROOT);
    }

    /**
     * Reads the member {@code boost} of another document than a query.
     *
     * @param types the types of events that conditions can name
     * @throws InvalidQueryException for a boost that breaks a rule
     */
    public static List<Boost> boosts(FieldReader<InvalidQueryException> members, EventTypes types) {
        return boosts(members, new FilterReader(types));
    }

    /**
     * Reads a filter of another document than a query.
     *
     * @param path the path of the filter in messages
     * @param types the types of events that conditions can name
     * @throws InvalidQueryException for a filter that breaks a rule
     */
    public static Filter filter(JsonNode tree, String path, EventTypes types) {
        return new FilterReader(types).read(tree, path);
    }

    static List<Boost> boosts(FieldReader<InvalidQueryException> members, FilterReader filters) {
        List<Boost> boosts = new ArrayList<>();
        for (JsonNode element :
                members.reportingBy(QueryViolations.withCodeIfMore("too-many-boosts"))
                        .array("boost", RecommendationQuery.MAX_BOOSTS)) {
            String path = members.pathOf("boost") + "[" + boosts.size() + "]";
            FieldReader<InvalidQueryException> boost =
                    QueryViolations.fields(element, path, Set.of("when", "factor"));
            JsonNode when = boost.find("when");
            Double factor = boost.number("factor");
            if (when == null || factor == null) {
                throw new InvalidQueryException("missing-field", path + " needs when and factor.");
            }
            boosts.add(new Boost(filters.read(when, path + ".when"), factor));
        }
        return boosts;
    }

    private static Repeats repeats(@Nullable String word) {
        return switch (word) {
            case null -> Repeats.BY_ITEM;
            case "by-item" -> Repeats.BY_ITEM;
            case "never" -> Repeats.NEVER;
            case "always" -> Repeats.ALWAYS;
            case "learned" -> Repeats.LEARNED;
            default ->
                    throw new InvalidQueryException(
                            "unknown-repeats", "repeats is by-item, never, always or learned.");
        };
    }

    private static @Nullable UserIdentity user(
            @Nullable String userId, @Nullable String anonymousId) {
        return userId == null && anonymousId == null ? null : new UserIdentity(userId, anonymousId);
    }

    private static void check(Map<String, String> parameters, Set<String> more) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name) && !more.contains(name)) {
                throw new InvalidQueryException(
                        "unknown-parameter",
                        "There is no parameter " + QueryViolations.quoted(name) + " here.");
            }
        }
    }

    private static @Nullable String id(
            Map<String, String> parameters, String name, Identifier rule) {
        String value = parameters.get(name);
        return value == null ? null : QueryViolations.identifier(value, name, rule);
    }

    private static @Nullable UserIdentity user(Map<String, String> parameters) {
        return user(
                id(parameters, "userId", Identifier.USER),
                id(parameters, "anonymousId", Identifier.USER));
    }

    private static Context context(Map<String, String> parameters, @Nullable String country) {
        return new Context(
                id(parameters, "device", Identifier.ANY),
                null,
                null,
                null,
                country(parameters.get("country"), country),
                id(parameters, "region", Identifier.ANY),
                null,
                null,
                null);
    }

    private static String placement(Map<String, String> parameters) {
        String placement = id(parameters, "placement", Identifier.ANY);
        return placement == null ? DEFAULT_PLACEMENT : placement;
    }

    private static int count(Map<String, String> parameters) {
        String count = parameters.get("count");
        if (count == null) {
            return DEFAULT_COUNT;
        }
        if (!count.matches("-?[0-9]{1,9}")) {
            throw new InvalidQueryException(
                    "count-out-of-range", "count must be a whole number between 1 and 100.");
        }
        return Integer.parseInt(count);
    }

    private static Filter filter(Map<String, String> parameters) {
        String filter = parameters.get("filter");
        return filter == null
                ? Filter.EVERYTHING
                : new FilterReader().read(parse(filter, "The filter parameter"), "filter");
    }
}
