package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a reason may mention.
 *
 * @param item the item that is explained
 * @param title title of the item that led to it, or null where none did
 * @param verb what the user did with that item, or null where the user only looks at it
 * @param at when the user did it, or null where there is no verb
 */
public record ReasonFacts(
        SignalContext context,
        Item item,
        @Nullable String title,
        @Nullable ReasonVerb verb,
        @Nullable Instant at) {

    /**
     * Returns the sentence that fits what is known: of the key where no item led to this one, of
     * {@code key.looking} where the item being looked at did, of {@code key.done} where an action
     * did.
     */
    ReasonMessage choose(String key) {
        if (title == null) {
            return ReasonMessage.of(key);
        }
        return new ReasonMessage(key + (verb == null ? ".looking" : ".done"), title, verb, null);
    }
}
