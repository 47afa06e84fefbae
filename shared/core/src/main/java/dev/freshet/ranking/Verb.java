package dev.freshet.ranking;

import dev.freshet.event.EventType;

/** What a user did with an item, in the past tense, for sentences such as "Because you …". */
final class Verb {
    private Verb() {}

    /**
     * Returns the verb of an event type.
     *
     * @param seen the verb for types that have none of their own
     */
    static String of(EventType type, String seen) {
        return type.verb().orElse(seen);
    }

    /** Returns the verb for having seen an item of this type. */
    static String seen(String itemType) {
        return switch (itemType) {
            case "video", "movie", "film", "series", "episode" -> "watched";
            case "song", "track", "podcast", "album" -> "listened to";
            case "product" -> "looked at";
            default -> "read";
        };
    }
}
