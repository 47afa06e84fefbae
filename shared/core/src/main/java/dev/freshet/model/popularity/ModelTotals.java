package dev.freshet.model.popularity;

import dev.freshet.event.EventType;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.bytes.Form;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Undecayed numbers of the examples applied since the model began, by which lost and duplicated
 * examples can be detected.
 *
 * @param interactions number by event type; zeros are left out
 * @param retractions retractions, whether or not the retracted interaction was still known
 * @param merges merges of an anonymous user into a known one
 * @param forgets erasures of users
 * @param itemChanges catalogue changes
 * @param beyondBounds items, and events on items, that did not fit under {@link
 *     dev.freshet.model.settings.ModelSettings.Bounds#maxItems}; vectors that did not fit; and
 *     interactions that were displaced while they waited for an item to be put into the catalogue
 */
public record ModelTotals(
        Map<EventType, Long> interactions,
        long retractions,
        long merges,
        long forgets,
        long itemChanges,
        long beyondBounds) {
    /** The totals of an empty model. */
    public static final ModelTotals NONE = new ModelTotals(Map.of(), 0, 0, 0, 0, 0);

    private static final int MAX_TYPES = 256;

    public static final Form<ModelTotals> FORM =
            fields ->
                    new ModelTotals(
                            fields.map(
                                    MAX_TYPES,
                                    ExampleCodec.TYPE,
                                    Form.VARINT,
                                    ModelTotals::interactions),
                            fields.varint(ModelTotals::retractions),
                            fields.varint(ModelTotals::merges),
                            fields.varint(ModelTotals::forgets),
                            fields.varint(ModelTotals::itemChanges),
                            fields.varint(ModelTotals::beyondBounds));

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

    /** Returns the number of applied examples that came from the {@code events} stream. */
    public long events() {
        return allInteractions() + retractions + merges + forgets;
    }

    /** Returns the number of interactions of every type. */
    public long allInteractions() {
        return interactions.values().stream().mapToLong(Long::longValue).sum();
    }
}
