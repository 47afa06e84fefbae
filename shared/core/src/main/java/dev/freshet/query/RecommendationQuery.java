package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.UserIdentity;
import dev.freshet.json.WireName;
import dev.freshet.query.Filter.Boost;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query for recommendations: the user, the circumstances and the constraints.
 *
 * @param user null for a page without any id and for a request that refuses personalisation
 * @param session newest last, ≤ 50
 * @param sessionId the client's session, as events name it; null where the request does not say it
 * @param placement the place on the site, for exposures and experiments; ≤ 128 characters
 * @param itemId the item that the user is looking at, or null
 * @param count 1 to 100
 * @param boosts ≤ 20
 * @param diversity 0 (none) to 1; the penalty of an item for a similar one ranked above it
 * @param repeats how items that the user has already seen are treated
 * @param analytics whether the request consents to analytics; a refusal keeps the user out of
 *     experiments
 * @param paging how much of the list is asked for
 * @param rules of the list, beside its filter and boosts
 * @param explained whether the response has reasons or the actions that moved an item
 */
public record RecommendationQuery(
        @Nullable UserIdentity user,
        List<SessionItem> session,
        @Nullable String sessionId,
        Context context,
        String placement,
        @Nullable String itemId,
        int count,
        Filter filter,
        List<Boost> boosts,
        double diversity,
        Repeats repeats,
        boolean analytics,
        Paging paging,
        ListRules rules,
        boolean explained) {
    public static final int MAX_COUNT = 100;
    public static final int MAX_SESSION = 50;
    public static final int MAX_BOOSTS = 20;

    /**
     * A recent interaction that the request carries because it may not have been ingested yet.
     *
     * @param sign what it says about the user: 1 for interest, −1 for aversion, 0 for neither
     */
    public record SessionItem(String itemId, EventType type, int sign, Instant at) {
        /** Creates an item of a session with the sign of a type of the product. */
        public SessionItem(String itemId, EventType type, Instant at) {
            this(itemId, type, type.sign(), at);
        }
    }

    /** How much of a list a request asks for. */
    public sealed interface Paging {
        /** A list by itself, without further pages. */
        Paging WHOLE = new Whole();

        /** The first page of a list of up to {@value RecommendationQuery#MAX_COUNT} places. */
        Paging FIRST = new First();

        /** A list by itself, without further pages. */
        record Whole() implements Paging {}

        /** The first page of a list. */
        record First() implements Paging {}

        /**
         * The page that follows another one.
         *
         * @param cursor what the response of that page named as {@code next}
         */
        record Later(String cursor) implements Paging {}
    }

    /** How items that the user has already seen are treated. */
    public enum Repeats implements WireName {
        /** By each item's own repeat rule. */
        BY_ITEM,
        /** Seen items are never recommended. */
        NEVER,
        /** Seen items are treated as any other. */
        ALWAYS,
        /** Seen items are recommended where that they were seen speaks for them. */
        LEARNED
    }

    public RecommendationQuery {
        session = List.copyOf(session);
        boosts = List.copyOf(boosts);
        requireCount(count);
        require(
                !Event.Impression.RESERVED_PLACEMENTS.contains(placement),
                "reserved-placement",
                "others and (others) stand for the placements that are not told apart; name the"
                        + " placement otherwise.");
        require(
                session.size() <= MAX_SESSION,
                "session-too-long",
                "session.items may hold at most 50 items.");
        require(
                boosts.size() <= MAX_BOOSTS,
                "too-many-boosts",
                "boost may hold at most 20 entries.");
        require(
                diversity >= 0 && diversity <= 1,
                "diversity-out-of-range",
                "diversity must be between 0 and 1.");
    }

    /** Returns the number of places of the list, of which {@code count} are answered now. */
    public int places() {
        return paging instanceof Paging.First ? MAX_COUNT : count;
    }

    /** Returns the number of nodes of all trees of the request. */
    public int nodes() {
        return Filter.nodes(filter)
                + boosts.stream().mapToInt(boost -> Filter.nodes(boost.when())).sum()
                + rules.nodes();
    }

    static void requireCount(int count) {
        require(
                count >= 1 && count <= MAX_COUNT,
                "count-out-of-range",
                "count must be between 1 and 100.");
    }
}
