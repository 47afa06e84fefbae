package dev.freshet.model.signal;

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
        String key, @Nullable String title, @Nullable ReasonVerb verb, @Nullable String name) {
    /** Returns a sentence without parts that vary. */
    public static ReasonMessage of(String key) {
        return new ReasonMessage(key, null, null, null);
    }

    /** Returns a sentence about a place, a tag, an author or a device. */
    public static ReasonMessage about(String key, @Nullable String name) {
        return new ReasonMessage(key, null, null, name);
    }
}
