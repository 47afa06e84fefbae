package dev.freshet.model.part;

import dev.freshet.bytes.Form;
import dev.freshet.model.settings.ModelSettings;
import java.util.function.Function;

/**
 * A part of the model, declared in one place: its value before the first example, the form of its
 * bytes, and its draft, which says what the part folds. Training, following and snapshots go
 * through the list of all parts, {@code ModelParts}, so nothing else has to know of one.
 *
 * @param at position in that list, and so in the bytes of a snapshot
 * @param empty the value before the first example
 * @param draft begins a mutable continuation of a value
 * @param form the form of the values
 * @param <V> type of the values, which are immutable
 */
public record ModelPart<V>(int at, V empty, Function<V, PartDraft<V>> draft, SizedForm<V> form) {
    /** The form of a part's values, which may depend on what is read before it. */
    @FunctionalInterface
    public interface SizedForm<V> {
        /**
         * Returns the form.
         *
         * @param bounds of the model
         * @param items number of items of the model; 0 for parts that come before the items
         */
        Form<V> of(ModelSettings.Bounds bounds, int items);
    }
}
