package dev.freshet.candidate;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.History;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The user of a request as filters know one: attributes and interactions. A filter is resolved with
 * it once a request.
 *
 * @param history newest first
 * @param session items of the request that the history does not have yet
 */
public record FilterUser(
        Map<String, AttributeValue> attributes,
        History history,
        List<SessionItem> session,
        Instant now) {
    /** A user without attributes and interactions. */
    public static final FilterUser NOBODY =
            new FilterUser(Map.of(), History.EMPTY, List.of(), Instant.EPOCH);

    public FilterUser {
        attributes = Map.copyOf(attributes);
        session = List.copyOf(session);
    }

    static FilterUser of(
            UserProfile profile, History history, List<SessionItem> session, Instant now) {
        return new FilterUser(profile.attributes(), history, session, now);
    }

    /**
     * Returns the condition on the item alone that a comparison with an attribute of the user is;
     * empty where no item fulfils it.
     */
    Optional<Filter> resolved(Filter.OfUser comparison) {
        AttributeValue value = attributes.get(comparison.attribute());
        if (value == null) {
            return Optional.empty();
        }
        return switch (comparison.comparison()) {
            case IS ->
                    value instanceof AttributeValue.Texts
                            ? Optional.empty()
                            : Optional.of(new Filter.In(comparison.field(), Set.of(value)));
            case IN ->
                    Optional.of(
                            value instanceof AttributeValue.Texts(List<String> texts)
                                    ? Filter.In.texts(comparison.field(), Set.copyOf(texts))
                                    : new Filter.In(comparison.field(), Set.of(value)));
            case CONTAINS ->
                    switch (value) {
                        case AttributeValue.Text(String text) ->
                                Optional.of(new Filter.Contains(comparison.field(), text));
                        case AttributeValue.Texts(List<String> texts) ->
                                Optional.of(
                                        new Filter.Contains(comparison.field(), Set.copyOf(texts)));
                        case AttributeValue.Numeric _, AttributeValue.Flag _ -> Optional.empty();
                    };
        };
    }

    /** Returns the ids of the items with which the user did what the condition names. */
    Set<String> items(Filter.Interacted condition) {
        Instant since = condition.within() == null ? Instant.MIN : now.minus(condition.within());
        Set<String> ids = new HashSet<>();
        for (SessionItem action : session) {
            if (isOne(condition, action.type(), action.at(), since)) {
                ids.add(action.itemId());
            }
        }
        for (History.Entry action : history.entries()) {
            if (action.target().kind() == Target.Kind.ITEM
                    && isOne(condition, action.type(), action.at(), since)) {
                ids.add(action.target().id());
            }
        }
        return ids;
    }

    private static boolean isOne(
            Filter.Interacted condition, EventType type, Instant at, Instant since) {
        return (condition.types().isEmpty()
                        ? type != EventType.IMPRESSION
                        : condition.types().contains(type))
                && !at.isBefore(since);
    }
}
