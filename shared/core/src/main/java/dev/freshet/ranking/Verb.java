package dev.freshet.ranking;

import dev.freshet.event.EventType;
import dev.freshet.model.signal.ReasonMessage;

/** What a user did with an item, for sentences such as "Because you …". */
final class Verb {
    private Verb() {}

    /**
     * Returns the verb of an event type. That of an owner's type has the name of its slot, and says
     * no more than that the user chose the item where the owner gives no text.
     *
     * @param itemType decides the verb of types that have none of their own
     */
    static ReasonMessage.Verb of(EventType type, String itemType) {
        if (type.isOwn()) {
            return new ReasonMessage.Verb("verb." + type.wireName(), "chose");
        }
        return type.verb()
                .map(verb -> new ReasonMessage.Verb("verb." + type.wireName(), verb))
                .orElseGet(() -> seen(itemType));
    }

    /** Returns the verb for having seen an item of this type. */
    static ReasonMessage.Verb seen(String itemType) {
        return switch (itemType) {
            case "video", "movie", "film", "series", "episode" ->
                    new ReasonMessage.Verb("verb.watched", "watched");
            case "song", "track", "podcast", "album" ->
                    new ReasonMessage.Verb("verb.listened", "listened to");
            case "product" -> new ReasonMessage.Verb("verb.looked", "looked at");
            default -> new ReasonMessage.Verb("verb.read", "read");
        };
    }
}
