package dev.freshet.catalog;

import dev.freshet.check.Millis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item of the catalogue.
 *
 * @param itemId ≤ 128 characters
 * @param version raised on each change; only a higher version replaces the stored one. {@link
 *     #UNVERSIONED} where the catalogue is to choose it
 * @param deleted true for the tombstone of a deleted item
 * @param content what the site says of the item
 * @param availability empty: everywhere and always
 * @param repeat whether the item may be recommended again to a user who has seen it
 * @param embedding supplied by the site or computed from the text; {@link Embedding#NONE} if absent
 */
public record Item(
        String itemId,
        long version,
        boolean deleted,
        Content content,
        List<Availability> availability,
        RepeatRule repeat,
        Embedding embedding) {
    /** The version of an item for which the catalogue chooses one when it stores it. */
    public static final long UNVERSIONED = -1;

    public Item {
        availability = List.copyOf(availability);
    }

    /** Returns an item that is always available, not repeated and without an embedding. */
    public static Item of(String itemId, long version, Content content) {
        return new Item(
                itemId, version, false, content, List.of(), RepeatRule.NEVER, Embedding.NONE);
    }

    /**
     * Returns the tombstone of a deleted item: no content but the id and the version that deleted
     * it.
     */
    public static Item tombstone(String itemId, long version) {
        return new Item(
                itemId, version, true, Content.NONE, List.of(), RepeatRule.NEVER, Embedding.NONE);
    }

    /** Returns an item of which only the id is known. */
    public static Item bare(String itemId, long version) {
        return of(itemId, version, Content.NONE);
    }

    /** Returns a copy with another version. */
    public Item withVersion(long other) {
        return new Item(itemId, other, deleted, content, availability, repeat, embedding);
    }

    /** Returns a copy with another content. */
    public Item with(Content other) {
        return new Item(itemId, version, deleted, other, availability, repeat, embedding);
    }

    /** Returns a copy with another embedding. */
    public Item with(Embedding other) {
        return new Item(itemId, version, deleted, content, availability, repeat, other);
    }

    public String type() {
        return content.type;
    }

    public @Nullable String group() {
        return content.group;
    }

    public String title() {
        return content.title;
    }

    public String text() {
        return content.text;
    }

    public List<String> tags() {
        return content.tags;
    }

    public @Nullable String author() {
        return content.author;
    }

    public @Nullable Instant publishedAt() {
        return content.publishedAt;
    }

    public Map<String, AttributeValue> attributes() {
        return content.attributes;
    }

    /**
     * What the site says of an item.
     *
     * @param type the site's own term, such as article, video or product
     * @param group shared by items that are variants of each other; or null
     * @param tags ≤ 50
     * @param attributes by name, bounded by {@link dev.freshet.catalog.Attributes}
     */
    public record Content(
            String type,
            @Nullable String group,
            String title,
            String text,
            List<String> tags,
            @Nullable String author,
            @Nullable Instant publishedAt,
            Map<String, AttributeValue> attributes) {
        static final Content NONE = new Content("", null, "", "", List.of(), null, null, Map.of());

        public Content {
            tags = List.copyOf(tags);
            attributes = Map.copyOf(attributes);
            publishedAt = Millis.ofNullable(publishedAt);
        }

        /** Returns the content of an item that has a type, a title and tags alone. */
        public static Content of(String type, String title, List<String> tags) {
            return new Content(type, null, title, "", tags, null, null, Map.of());
        }

        /** Returns a copy that somebody published at a time, as far as they are known. */
        public Content published(@Nullable String by, @Nullable Instant at) {
            return new Content(type, group, title, text, tags, by, at, attributes);
        }

        /** Returns a copy with other attributes. */
        public Content with(Map<String, AttributeValue> others) {
            return new Content(type, group, title, text, tags, author, publishedAt, others);
        }

        /** Returns a copy without the text, which only the catalogue itself keeps. */
        public Content withoutText() {
            return new Content(type, group, title, "", tags, author, publishedAt, attributes);
        }
    }

    /**
     * Where and when an item may be shown.
     *
     * @param regions countries (alpha-2) or country-region codes; empty means everywhere
     * @param from inclusive, or null for open
     * @param until exclusive, or null for open
     */
    public record Availability(
            Set<String> regions, @Nullable Instant from, @Nullable Instant until) {
        public Availability {
            regions = Set.copyOf(regions);
            from = Millis.ofNullable(from);
            until = Millis.ofNullable(until);
        }

        /** Returns whether a time is in the window. */
        public boolean contains(Instant at) {
            return (from == null || !at.isBefore(from)) && (until == null || at.isBefore(until));
        }
    }

    /** Whether an item may be recommended again to a user who has seen it. */
    public sealed interface RepeatRule {
        RepeatRule NEVER = new Never();
        RepeatRule ALWAYS = new Always();
        RepeatRule LEARNED = new Learned();

        record Never() implements RepeatRule {}

        record Always() implements RepeatRule {}

        /**
         * The item may be recommended again once that the user interacted with it speaks for it
         * rather than against it, by what users of this site do.
         */
        record Learned() implements RepeatRule {}

        /**
         * The item may be recommended again once this time has passed since the user's last
         * interaction with it.
         */
        record After(Duration pause) implements RepeatRule {}
    }
}
