package dev.freshet.candidate;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.History;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Condition;
import dev.freshet.query.Filter.Contains;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.Filter.In;
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

    /**
     * Returns the condition on the item alone that a comparison with an attribute of the user is;
     * empty where the user has no such attribute.
     */
    Optional<Condition> resolved(Filter.OfUser comparison) {
        Field field = comparison.field();
        return Optional.ofNullable(attributes.get(comparison.attribute()))
                .map(
                        value ->
                                switch (comparison.comparison()) {
                                    case IS -> new In(field, Set.of(value));
                                    case IN ->
                                            value instanceof AttributeValue.Texts
                                                    ? In.texts(field, texts(value))
                                                    : new In(field, Set.of(value));
                                    case CONTAINS -> new Contains(field, texts(value));
                                });
    }

    private static Set<String> texts(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text(String text) -> Set.of(text);
            case AttributeValue.Texts(List<String> texts) -> Set.copyOf(texts);
            case AttributeValue.Numeric _, AttributeValue.Flag _ -> Set.of();
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
