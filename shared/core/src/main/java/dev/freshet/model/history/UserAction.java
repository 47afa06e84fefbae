package dev.freshet.model.history;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.History;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One action of a user, either stored as a row or supplied by the request.
 *
 * @param eventId id of the row's event; null for an action that only the request supplies
 * @param strength strength of the action, negative for dislike and hide
 * @param at corrected event time
 * @param sessionId the client's session, or null where it is unknown
 */
public record UserAction(
        @Nullable String eventId,
        EventType type,
        Target target,
        double strength,
        Instant at,
        @Nullable String sessionId) {
    /**
     * The largest time difference, in seconds, at which a session item and a row of the same item
     * and type are one action.
     */
    private static final long SAME_SECONDS = 2;

    /**
     * Returns the actions of the rows and of the current session, without duplicates, newest first.
     * A session action has strength 1, or −1 for a dislike or hide; impressions are left out.
     *
     * @param sessionId of the request and of the session that it supplies, or null
     */
    public static List<UserAction> newestFirst(
            History history, List<SessionItem> session, @Nullable String sessionId) {
        List<UserAction> actions = new ArrayList<>();
        for (History.Entry entry : history.entries()) {
            actions.add(
                    new UserAction(
                            entry.eventId(),
                            entry.type(),
                            entry.target(),
                            entry.strength(),
                            entry.at(),
                            entry.sessionId()));
        }
        for (SessionItem item : session) {
            boolean known = actions.stream().anyMatch(action -> action.is(item));
            if (!known && item.sign() != 0) {
                actions.add(
                        new UserAction(
                                null,
                                item.type(),
                                Target.item(item.itemId()),
                                item.sign(),
                                item.at(),
                                sessionId));
            }
        }
        actions.sort(Comparator.comparing(UserAction::at).reversed());
        return List.copyOf(actions);
    }

    private boolean is(SessionItem item) {
        return type == item.type()
                && target.isItem()
                && target.id().equals(item.itemId())
                && Math.abs(at.getEpochSecond() - item.at().getEpochSecond()) <= SAME_SECONDS;
    }
}
