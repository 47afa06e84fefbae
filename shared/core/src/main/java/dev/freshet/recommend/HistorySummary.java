package dev.freshet.recommend;

import dev.freshet.event.EventType;
import dev.freshet.features.StoredInteraction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the user's behaviour that a response takes into account, so that a client can see
 * that its click counted.
 *
 * @param events rows read, impressions left out
 * @param latestEventId id of the newest row, or null where there is none
 * @param latestOccurredAt its time as the client sent it, or null
 */
public record HistorySummary(
        int events, @Nullable String latestEventId, @Nullable Instant latestOccurredAt) {
    public static final HistorySummary NOTHING = new HistorySummary(0, null, null);

    static HistorySummary of(List<StoredInteraction> newestFirst) {
        int events = 0;
        StoredInteraction latest = null;
        for (StoredInteraction row : newestFirst) {
            if (row.type() != EventType.IMPRESSION) {
                events++;
                latest = latest == null ? row : latest;
            }
        }
        return latest == null
                ? NOTHING
                : new HistorySummary(events, latest.eventId(), latest.occurredAt());
    }
}
