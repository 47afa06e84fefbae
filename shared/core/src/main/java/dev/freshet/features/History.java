package dev.freshet.features;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The interactions of a user, newest first, without impressions and without retracted ones.
 *
 * @param entries newest first
 */
public record History(List<Entry> entries) {
    public static final History EMPTY = new History(List.of());

    /**
     * One interaction.
     *
     * @param stars of a rating, 0.5 to 5; 0 where the event is no rating
     * @param at the corrected time
     */
    public record Entry(
            String eventId,
            EventType type,
            Target target,
            double strength,
            double stars,
            Instant at,
            @Nullable String sessionId) {}

    public History {
        entries = List.copyOf(entries);
    }

    /** Returns the history of rows: applies retractions and leaves out impressions. */
    public static History of(List<StoredInteraction> newestFirst) {
        Set<String> retracted = new HashSet<>();
        for (StoredInteraction row : newestFirst) {
            if (row.retracts() != null) {
                retracted.add(row.retracts());
            }
        }
        List<Entry> kept = new ArrayList<>();
        for (StoredInteraction row : newestFirst) {
            boolean act = row.retracts() == null && row.type() != EventType.IMPRESSION;
            if (act && !retracted.contains(row.eventId())) {
                kept.add(
                        new Entry(
                                row.eventId(),
                                row.type(),
                                row.target(),
                                row.strength(),
                                row.stars(),
                                row.correctedAt(),
                                row.sessionId()));
            }
        }
        return new History(kept);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    public Optional<Entry> latest() {
        return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getFirst());
    }
}
