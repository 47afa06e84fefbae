package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import org.jspecify.annotations.Nullable;

/**
 * What a reason may mention.
 *
 * @param item the item that is explained
 * @param title title of the item that led to it, or null where none did
 * @param verb what the user did with that item, in the past tense, or null where the user only
 *     looks at it
 */
public record ReasonFacts(
        SignalContext context, Item item, @Nullable String title, @Nullable String verb) {

    /**
     * Returns the sentence that fits what is known.
     *
     * @param plain where no item led to this one
     * @param looking where the item being looked at did; {@code %s} stands for its title
     * @param done where an action did; {@code %1$s} stands for the title, {@code %2$s} for the verb
     */
    String choose(String plain, String looking, String done) {
        if (title == null) {
            return plain;
        }
        return verb == null ? looking.formatted(title) : done.formatted(title, verb);
    }
}
