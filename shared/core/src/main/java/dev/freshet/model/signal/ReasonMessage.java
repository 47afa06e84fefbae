package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The sentence of a reason before it is put into a language.
 *
 * @param key of the sentence in the texts of reasons
 * @param title of the item that led to the explained one, or null
 * @param verb what the user did with that item, or null
 * @param name of a place, a tag, an author or a device, or null
 */
public record ReasonMessage(
        String key, @Nullable String title, @Nullable Verb verb, @Nullable String name) {
    /** Returns a sentence without parts that vary. */
    public static ReasonMessage of(String key) {
        return new ReasonMessage(key, null, null, null);
    }

    /** Returns a sentence about a place, a tag, an author or a device. */
    public static ReasonMessage about(String key, @Nullable String name) {
        return new ReasonMessage(key, null, null, name);
    }

    /**
     * What a user did with an item.
     *
     * @param key of the verb in the texts of reasons
     * @param english the verb in the past tense, used where the texts have no such key
     */
    public record Verb(String key, String english) {}

    /**
     * What a reason may mention.
     *
     * @param item the item that is explained
     * @param title title of the item that led to it, or null where none did
     * @param verb what the user did with that item, or null where the user only looks at it
     * @param at when the user did it, or null where there is no verb
     */
    public record Facts(
            SignalContext context,
            Item item,
            @Nullable String title,
            @Nullable Verb verb,
            @Nullable Instant at) {

        /**
         * Returns the sentence that fits what is known: of the key where no item led to this one,
         * of {@code key.looking} where the item being looked at did, of {@code key.done} where an
         * action did.
         */
        ReasonMessage choose(String key) {
            if (title == null) {
                return ReasonMessage.of(key);
            }
            return new ReasonMessage(
                    key + (verb == null ? ".looking" : ".done"), title, verb, null);
        }
    }
}
