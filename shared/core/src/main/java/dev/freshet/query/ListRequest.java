package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.EventTypes;
import dev.freshet.json.Identifier;
import dev.freshet.json.WireName;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListQuery.Period;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request for a list. */
public sealed interface ListRequest
        permits ListRequest.ForYou, ListRequest.Similar, ListQuery, RankQuery {
    /** Returns the user, the circumstances and the constraints. */
    RecommendationQuery query();

    /** Returns whether to predict the stars that the user would give. */
    default boolean predictedRatings() {
        return false;
    }

    /** The members of a rule beside its filter, which lists that take filters alone refuse. */
    List<String> PLACES = List.of("boost", "limits", "pins", "promotions", "minScore");

    /** Returns the name of a list that takes filters alone; null for one that takes all rules. */
    default @Nullable String filtered() {
        return null;
    }

    /**
     * Refuses a named rule for a list that a member of it has no meaning for, since a list without
     * what the rule says would look as if it were made by it.
     *
     * @throws InvalidQueryException with the code {@code not-for-list}
     */
    default void check(NamedRule rule) {
        List<String> further = rule.furtherMembers();
        require(
                filtered() == null || further.isEmpty(),
                "not-for-list",
                "The rule "
                        + Members.quoted(rule.name())
                        + " has "
                        + String.join(", ", further)
                        + ", which has no meaning for the list \""
                        + filtered()
                        + "\": name a rule that has a filter alone.");
    }

    /**
     * The list for one user, {@code for-you}: the default.
     *
     * @param predictedRatings whether to predict the stars that the user would give
     */
    record ForYou(RecommendationQuery query, boolean predictedRatings) implements ListRequest {}

    /**
     * Items similar to the one being looked at, {@code similar}. Items that the user has read or
     * hidden are left out.
     *
     * @param query its boosts, its diversity and its rules of places have no meaning
     */
    record Similar(RecommendationQuery query) implements ListRequest {
        private static final String NAME = "similar";

        @Override
        public String filtered() {
            return NAME;
        }
    }

    /** The members that {@code POST /v1/recommendations} has and its explanation does not. */
    Set<String> OWN = Set.of("list", "period", "tag", "predictedRating");

    /**
     * Reads the body of {@code POST /v1/recommendations}.
     *
     * @param now used as the time of session items that have none
     * @param country alpha-2, used where the context has none; or null
     * @param types the types that events of the session can have
     * @throws InvalidQueryException for a body that breaks a rule
     */
    static ListRequest of(JsonNode body, Instant now, @Nullable String country, EventTypes types) {
        Set<String> known = new HashSet<>(QueryReader.members());
        known.addAll(OWN);
        Members members = Members.of(body, "", known);
        String list = members.word("list");
        RecommendationQuery query = QueryReader.recommendation(members, now, country, types);
        return switch (list) {
            case null -> forYou(members, query);
            case "for-you" -> forYou(members, query);
            case Similar.NAME -> similar(members, query);
            default -> named(members, list, query);
        };
    }

    private static ListRequest forYou(Members members, RecommendationQuery query) {
        refuse(members, query, "for-you", List.of("period", "tag"));
        return new ForYou(query, members.flag("predictedRating", false, "wrong-type"));
    }

    private static ListRequest similar(Members members, RecommendationQuery query) {
        refuse(
                members,
                query,
                Similar.NAME,
                List.of(
                        "period",
                        "tag",
                        "diversity",
                        "repeats",
                        "predictedRating",
                        "paged",
                        "page"));
        refuse(members, query, Similar.NAME, PLACES);
        if (query.itemId() == null) {
            throw new InvalidQueryException(
                    "missing-field",
                    "The list \"similar\" needs itemId, the item to compare with.");
        }
        return new Similar(query);
    }

    private static ListRequest named(Members members, String name, RecommendationQuery query) {
        NamedList list =
                WireName.find(NamedList.class, name)
                        .orElseThrow(() -> new InvalidQueryException("unknown-list", lists(name)));
        refuse(
                members,
                query,
                name,
                List.of("itemId", "diversity", "paged", "page", "predictedRating"));
        refuse(members, query, name, PLACES);
        refuse(members, query, name, list == NamedList.POPULAR ? List.of() : List.of("period"));
        return new ListQuery(
                list, period(members), members.identifier("tag", Identifier.ANY), query);
    }

    private static Period period(Members members) {
        String period = members.word("period");
        return period == null ? Period.DEFAULT : Period.of(period);
    }

    private static void refuse(
            Members members, RecommendationQuery query, String list, List<String> names) {
        for (String name : names) {
            require(
                    !isGiven(name, members, query),
                    "not-for-list",
                    name + " has no meaning for the list \"" + list + "\".");
        }
    }

    /**
     * Returns whether a member asks for something else than leaving it out would: clients that are
     * generated write empty lists, and some write defaults.
     */
    private static boolean isGiven(String name, Members members, RecommendationQuery query) {
        return switch (name) {
            case "period" -> period(members) != Period.DEFAULT;
            case "boost" -> !query.boosts().isEmpty();
            case "diversity" -> query.diversity() != QueryReader.DEFAULT_DIVERSITY;
            case "repeats" -> query.repeats() != RecommendationQuery.Repeats.BY_ITEM;
            case "predictedRating" -> members.flag(name, false, "wrong-type");
            case "paged" -> query.paging().equals(RecommendationQuery.Paging.FIRST);
            case "limits", "pins", "promotions", "minScore" ->
                    query.rules().members().contains(name);
            default -> members.has(name);
        };
    }

    private static String lists(String name) {
        List<String> all = new ArrayList<>(List.of("for-you", "similar"));
        all.addAll(NamedList.names());
        return "There is no list "
                + Members.quoted(name)
                + "; the lists are "
                + String.join(", ", all)
                + ".";
    }
}
