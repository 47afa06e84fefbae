package dev.freshet.ranking;

import dev.freshet.event.EventType;
import dev.freshet.model.signal.ReasonVerb;

/** What a user did with an item, for sentences such as "Because you …". */
final class Verb {
    private Verb() {}

    /**
     * Returns the verb of an event type. That of an owner's type has the name of its slot, and says
     * no more than that the user chose the item where the owner gives no text.
     *
     * @param itemType decides the verb of types that have none of their own
     */
    static ReasonVerb of(EventType type, String itemType) {
        if (type.isOwn()) {
            return new ReasonVerb("verb." + type.wireName(), "chose");
        }
        return type.verb()
                .map(verb -> new ReasonVerb("verb." + type.wireName(), verb))
                .orElseGet(() -> seen(itemType));
    }

    /** Returns the verb for having seen an item of this type. */
    static ReasonVerb seen(String itemType) {
        return switch (itemType) {
            case "video", "movie", "film", "series", "episode" ->
                    new ReasonVerb("verb.watched", "watched");
            case "song", "track", "podcast", "album" ->
                    new ReasonVerb("verb.listened", "listened to");
            case "product" -> new ReasonVerb("verb.looked", "looked at");
            default -> new ReasonVerb("verb.read", "read");
        };
    }
}
