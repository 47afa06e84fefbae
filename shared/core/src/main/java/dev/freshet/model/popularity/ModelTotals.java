package dev.freshet.model.popularity;

import dev.freshet.bytes.Form;
import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
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

    private static final Form<ModelTotals> FORM =
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

    /** The part of the model. */
    public static final ModelPart<ModelTotals> PART =
            new ModelPart<>(1, NONE, Draft::new, (bounds, items) -> FORM);

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

    /** The mutable continuation of {@link ModelTotals}. */
    public static final class Draft implements PartDraft<ModelTotals> {
        private final EnumMap<EventType, Long> interactions = new EnumMap<>(EventType.class);
        private long retractions;
        private long merges;
        private long forgets;
        private long itemChanges;
        private long beyondBounds;

        private Draft(ModelTotals from) {
            interactions.putAll(from.interactions);
            retractions = from.retractions;
            merges = from.merges;
            forgets = from.forgets;
            itemChanges = from.itemChanges;
            beyondBounds = from.beyondBounds;
        }

        /** Counts an example of an event that was applied. */
        public void applied(Example.FromEvents example) {
            switch (example) {
                case Example.Interaction done -> interactions.merge(done.type(), 1L, Long::sum);
                case Example.Retraction _ -> retractions++;
                case Example.Merge _ -> merges++;
                case Example.Forget _ -> forgets++;
                case Example.Exposure _ -> {}
            }
        }

        @Override
        public void put(int item, Example.ItemChanged changed, FoldContext model) {
            itemChanges++;
        }

        /** Counts what did not fit. */
        public void beyondBounds() {
            beyondBounds++;
        }

        @Override
        public ModelTotals content(boolean sealed) {
            return sealed
                    ? new ModelTotals(
                            interactions, retractions, merges, forgets, itemChanges, beyondBounds)
                    : NONE;
        }
    }
}
