package dev.freshet.ranking;

import dev.freshet.event.EventType;

/** What the reader did with an item, in the past tense, for sentences such as "Because you …". */
final class Verb {
    private Verb() {}

    /**
     * @param seen what meeting the item is called
     */
    static String of(EventType type, String seen) {
        return switch (type) {
            case PURCHASE -> "bought";
            case LIKE -> "liked";
            case BOOKMARK -> "saved";
            case SHARE -> "shared";
            case COMMENT -> "commented on";
            case RATING -> "rated";
            case PLAY -> "played";
            case FOLLOW -> "followed";
            case SUBMIT -> "filled in";
            case VIEW, CLICK, SCROLL, DWELL, IMPRESSION, DISLIKE, HIDE -> seen;
        };
    }

    /** What meeting an item of this type is called. */
    static String seen(String itemType) {
        return switch (itemType) {
            case "video", "movie", "film", "series", "episode" -> "watched";
            case "song", "track", "podcast", "album" -> "listened to";
            case "product" -> "looked at";
            default -> "read";
        };
    }
}
