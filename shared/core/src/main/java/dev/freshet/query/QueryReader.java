package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.access.ListCursor;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Context.Text;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.UserIdentity;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.WireName;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListQuery.Period;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.query.RecommendationQuery.Repeats;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            Stream.concat(Text.STORED.stream().map(Text::wireName), Stream.of("localHour"))
                    .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> SESSION = Set.of("id", "items");
    private static final Set<String> SESSION_ITEM = Set.of("itemId", "type", "at");
    private static final Set<String> CONSENT = Set.of("personalisation", "analytics");
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
                    "rules",
                    ItemFields.NAME,
                    "language");

    private QueryReader() {}

    /** Returns the members that the body of {@code POST /v1/recommendations} may have. */
    static Set<String> members() {
        return BODY;
    }

    /**
     * Reads the body of {@code POST /v1/recommendations} where the country of the request is
     * unknown and the owner has no event types of their own.
     *
     * @param now used as the time of session items that have none
     */
    public static RecommendationQuery recommendation(String body, Instant now) {
        return recommendation(parse(body, "The body"), now, null, EventTypes.BUILT_IN);
    }

    /**
     * Reads the body of {@code POST /v1/recommendations}.
     *
     * @param now used as the time of session items that have none
     * @param country alpha-2, used where the context has none; or null
     * @param types the types that events of the session can have and that conditions can name
     */
    public static RecommendationQuery recommendation(
            JsonNode body, Instant now, @Nullable String country, EventTypes types) {
        return recommendation(Members.of(body, "", BODY), now, country, types, true);
    }

    /** Reads a recommendation from a body that may have further members. */
    static RecommendationQuery recommendation(
            Members body, Instant now, @Nullable String country, EventTypes types) {
        boolean explained = ItemFields.ofList(body.find(ItemFields.NAME)).explained();
        return recommendation(body, now, country, types, explained);
    }

    private static RecommendationQuery recommendation(
            Members body,
            Instant now,
            @Nullable String country,
            EventTypes types,
            boolean explained) {
        Integer count = body.whole("count");
        Double diversity = body.number("diversity");
        String placement = body.text("placement", Identifier.MAX_LENGTH);
        FilterReader filters = new FilterReader(types);
        Consent consent = consent(body.object("consent", CONSENT));
        Members session = body.object("session", SESSION);
        return new RecommendationQuery(
                consent.personalisation()
                        ? user(
                                body.identifier("userId", Identifier.USER),
                                body.identifier("anonymousId", Identifier.USER))
                        : null,
                session == null ? List.of() : session(session, now, types),
                session == null ? null : session.identifier("id", Identifier.ANY),
                context(body.object("context", CONTEXT), country),
                placement == null ? DEFAULT_PLACEMENT : placement,
                body.identifier("itemId", Identifier.ANY),
                count == null ? DEFAULT_COUNT : count,
                filters.member(body, "filter"),
                filters.boosts(body),
                diversity == null ? DEFAULT_DIVERSITY : diversity,
                repeats(body.word("repeats")),
                consent.analytics(),
                paging(body),
                ListRules.read(body, filters),
                explained);
    }

    private static Paging paging(Members body) {
        boolean paged = body.flag("paged", false, "bad-paging");
        String cursor = body.text("page", ListCursor.MAX_LENGTH);
        return cursor != null ? new Paging.Later(cursor) : paged ? Paging.FIRST : Paging.WHOLE;
    }

    /**
     * Returns what the request consents to: to what it does not name. Without consent to
     * personalisation it is answered as a request of no user.
     */
    private static Consent consent(@Nullable Members consent) {
        return consent == null
                ? Consent.GIVEN
                : new Consent(
                        consent.flag("personalisation", true, "bad-consent"),
                        consent.flag("analytics", true, "bad-consent"));
    }

    private static List<SessionItem> session(Members session, Instant now, EventTypes types) {
        return session.list(
                "items",
                RecommendationQuery.MAX_SESSION,
                "session-too-long",
                (element, path) -> {
                    Members item = Members.of(element, path, SESSION_ITEM);
                    String itemId =
                            item.required(item.identifier("itemId", Identifier.ANY), "itemId");
                    Instant at = item.time("at");
                    String name = item.word("type");
                    EventType type = name == null ? EventType.VIEW : type(name, types);
                    return new SessionItem(
                            itemId,
                            type,
                            types.sign(type),
                            at == null || at.isAfter(now) ? now : at);
                });
    }

    static EventType type(String name, EventTypes types) {
        return types.ofName(name)
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "unknown-type",
                                        "There is no event type "
                                                + Members.quoted(name)
                                                + "; there are "
                                                + types.names()
                                                + "."));
    }

    private static Context context(@Nullable Members context, @Nullable String country) {
        if (context == null) {
            return Context.of(null, country(null, country), null);
        }
        Integer hour = context.whole("localHour");
        if (hour != null && (hour < 0 || hour > 23)) {
            throw new InvalidQueryException(
                    "hour-out-of-range", "context.localHour must be between 0 and 23.");
        }
        return Context.of(
                text ->
                        switch (text) {
                            case COUNTRY -> country(context.word("country"), country);
                            case PAGE, REFERRER -> null;
                            default -> context.word(text.wireName());
                        },
                hour);
    }

    private static @Nullable String country(@Nullable String code, @Nullable String fallback) {
        if (code != null && !code.matches("[A-Za-z]{2}")) {
            throw new InvalidQueryException(
                    "bad-country", "A country is two letters of ISO 3166-1, such as BR.");
        }
        return code == null ? fallback : code.toUpperCase(Locale.ROOT);
    }

    private static Repeats repeats(@Nullable String word) {
        return word == null
                ? Repeats.BY_ITEM
                : WireName.find(Repeats.class, word)
                        .orElseThrow(
                                () ->
                                        new InvalidQueryException(
                                                "unknown-repeats",
                                                "repeats is by-item, never, always or learned."));
    }

    private static @Nullable UserIdentity user(
            @Nullable String userId, @Nullable String anonymousId) {
        return userId == null && anonymousId == null ? null : new UserIdentity(userId, anonymousId);
    }

    /**
     * Reads {@code GET /v1/items/{id}/similar}.
     *
     * @param country alpha-2, used where the parameters have none; or null
     */
    public static ListRequest.Similar similar(
            String itemId, Map<String, String> parameters, @Nullable String country) {
        check(parameters, Set.of());
        String item = Members.identifier(TextNode.valueOf(itemId), "The item's id", Identifier.ANY);
        return new ListRequest.Similar(
                ofParameters(new QueryParameters(parameters), country, item));
    }

    /**
     * Reads {@code GET /v1/lists/{list}}.
     *
     * @param country alpha-2, used where the parameters have none; or null
     */
    public static ListQuery list(
            NamedList list, Map<String, String> parameters, @Nullable String country) {
        check(parameters, list == NamedList.POPULAR ? Set.of("tag", "period") : Set.of("tag"));
        QueryParameters asked = new QueryParameters(parameters);
        return new ListQuery(
                list,
                asked.find("period").map(Period::of).orElse(Period.DEFAULT),
                asked.identifier("tag", Identifier.ANY),
                ofParameters(asked, country, null));
    }

    private static void check(Map<String, String> parameters, Set<String> more) {
        for (String name : parameters.keySet()) {
            if (!PARAMETERS.contains(name) && !more.contains(name)) {
                throw new InvalidQueryException(
                        "unknown-parameter",
                        "There is no parameter " + Members.quoted(name) + " here.");
            }
        }
    }

    private static RecommendationQuery ofParameters(
            QueryParameters parameters, @Nullable String country, @Nullable String itemId) {
        String placement = parameters.identifier("placement", Identifier.ANY);
        return new RecommendationQuery(
                user(
                        parameters.identifier("userId", Identifier.USER),
                        parameters.identifier("anonymousId", Identifier.USER)),
                List.of(),
                null,
                Context.of(
                        text ->
                                switch (text) {
                                    case COUNTRY ->
                                            country(
                                                    parameters.find("country").orElse(null),
                                                    country);
                                    case DEVICE, REGION ->
                                            parameters.identifier(text.wireName(), Identifier.ANY);
                                    default -> null;
                                },
                        null),
                placement == null ? DEFAULT_PLACEMENT : placement,
                itemId,
                parameters.find("count").map(QueryReader::count).orElse(DEFAULT_COUNT),
                parameters.find("filter").map(QueryReader::filter).orElse(Filter.EVERYTHING),
                List.of(),
                0,
                Repeats.BY_ITEM,
                true,
                Paging.WHOLE,
                ListRules.named(parameters.identifiers("rules", ListRules.MAX_NAMES)),
                ItemFields.of(parameters.values()).explained());
    }

    private static int count(String count) {
        require(
                count.matches("-?[0-9]{1,9}"),
                "count-out-of-range",
                "count must be a whole number between 1 and 100.");
        return Integer.parseInt(count);
    }

    private static Filter filter(String filter) {
        return new FilterReader(EventTypes.BUILT_IN)
                .read(parse(filter, "The filter parameter"), "filter");
    }

    private static JsonNode parse(String text, String what) {
        require(
                text.length() <= MAX_BODY,
                "query-too-large",
                what + " may have at most " + MAX_BODY + " characters.");
        try {
            return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            throw new InvalidQueryException("not-json", what + " cannot be read as JSON.");
        }
    }
}
