package dev.freshet.model.history;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.History;
import dev.freshet.query.SessionItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that one person did, whether it is a row already or only the request says so.
 *
 * @param eventId of the row; null for what only the request tells
 * @param strength what it says of the person, negative for dislike and hide
 * @param at corrected time
 */
public record UserAction(
        @Nullable String eventId, EventType type, Target target, double strength, Instant at) {
    /** A session item this close to a row of the same item and type is that row. */
    private static final long SAME_SECONDS = 2;

    /**
     * The rows and, beside them, what the request says was done in this session, once each; newest
     * first. Of the session an act is worth 1, or −1 for a dislike or hide, and an impression none.
     */
    public static List<UserAction> newestFirst(History history, List<SessionItem> session) {
        List<UserAction> actions = new ArrayList<>();
        for (History.Entry entry : history.entries()) {
            actions.add(
                    new UserAction(
                            entry.eventId(),
                            entry.type(),
                            entry.target(),
                            entry.strength(),
                            entry.at()));
        }
        for (SessionItem item : session) {
            boolean known = actions.stream().anyMatch(action -> action.is(item));
            if (!known && item.type().sign() != 0) {
                actions.add(
                        new UserAction(
                                null,
                                item.type(),
                                Target.item(item.itemId()),
                                item.type().sign(),
                                item.at()));
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
