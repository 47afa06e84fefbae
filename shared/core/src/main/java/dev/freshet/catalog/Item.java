package dev.freshet.catalog;

import dev.freshet.attribute.AttributeValue;
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
 * @param type the site's own term, such as article, video or product
 * @param group shared by items that are variants of each other; or null
 * @param tags ≤ 50
 * @param attributes by name, bounded by {@link dev.freshet.attribute.Attributes}
 * @param availability empty: everywhere and always
 * @param repeat whether the item may be recommended again to a user who has seen it
 * @param embedding supplied by the site or computed from the text; {@link Embedding#NONE} if absent
 */
public record Item(
        String itemId,
        long version,
        boolean deleted,
        String type,
        @Nullable String group,
        String title,
        String text,
        List<String> tags,
        @Nullable String author,
        @Nullable Instant publishedAt,
        Map<String, AttributeValue> attributes,
        List<Availability> availability,
        RepeatRule repeat,
        Embedding embedding) {
    /** The version of an item for which the catalogue chooses one when it stores it. */
    public static final long UNVERSIONED = -1;

    public Item {
        tags = List.copyOf(tags);
        attributes = Map.copyOf(attributes);
        availability = List.copyOf(availability);
    }

    /**
     * Creates an item with the vector that the site supplied.
     *
     * @param embedding empty for none; ≤ 1,024 numbers
     */
    public Item(
            String itemId,
            long version,
            boolean deleted,
            String type,
            @Nullable String group,
            String title,
            String text,
            List<String> tags,
            @Nullable String author,
            @Nullable Instant publishedAt,
            Map<String, AttributeValue> attributes,
            List<Availability> availability,
            RepeatRule repeat,
            List<Float> embedding) {
        this(
                itemId,
                version,
                deleted,
                type,
                group,
                title,
                text,
                tags,
                author,
                publishedAt,
                attributes,
                availability,
                repeat,
                Embedding.given(embedding));
    }

    /** Returns a copy with another version. */
    public Item withVersion(long other) {
        return new Item(
                itemId,
                other,
                deleted,
                type,
                group,
                title,
                text,
                tags,
                author,
                publishedAt,
                attributes,
                availability,
                repeat,
                embedding);
    }

    /** Returns a copy with another embedding. */
    public Item with(Embedding other) {
        return new Item(
                itemId,
                version,
                deleted,
                type,
                group,
                title,
                text,
                tags,
                author,
                publishedAt,
                attributes,
                availability,
                repeat,
                other);
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

    /**
     * Returns the tombstone of a deleted item: no content but the id and the version that deleted
     * it.
     */
    public static Item tombstone(String itemId, long version) {
        return empty(itemId, version, true);
    }

    /** Returns an item of which only the id is known. */
    public static Item bare(String itemId, long version) {
        return empty(itemId, version, false);
    }

    private static Item empty(String itemId, long version, boolean deleted) {
        return new Item(
                itemId,
                version,
                deleted,
                "",
                null,
                "",
                "",
                List.of(),
                null,
                null,
                Map.of(),
                List.of(),
                RepeatRule.NEVER,
                Embedding.NONE);
    }
}
