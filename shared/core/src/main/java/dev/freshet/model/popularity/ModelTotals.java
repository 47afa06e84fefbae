package dev.freshet.model.popularity;

import dev.freshet.event.EventType;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Undecayed counts of the examples applied since the model began, so that loss and doubling can be
 * counted.
 *
 * @param interactions by type; zeros left out
 * @param retractions taken back, whether or not anything was left to take back
 * @param merges anonymous readers that became known
 * @param forgets readers forgotten
 * @param itemChanges catalogue changes applied
 * @param beyondBounds events on items that no longer fitted under {@link
 *     dev.freshet.model.settings.ModelSettings#maxItems}; also counted above
 */
public record ModelTotals(
        Map<EventType, Long> interactions,
        long retractions,
        long merges,
        long forgets,
        long itemChanges,
        long beyondBounds) {
    public static final ModelTotals NONE = new ModelTotals(Map.of(), 0, 0, 0, 0, 0);

    public ModelTotals {
        EnumMap<EventType, Long> sorted = new EnumMap<>(EventType.class);
        interactions.forEach(
                (type, count) -> {
                    if (count != 0) {
                        sorted.put(type, count);
                    }
                });
        interactions = Collections.unmodifiableMap(sorted);
    }

    /** Everything applied that came from the {@code events} stream. */
    public long events() {
        return allInteractions() + retractions + merges + forgets;
    }

    /** Interactions of every type. */
    public long allInteractions() {
        return interactions.values().stream().mapToLong(Long::longValue).sum();
    }
}
