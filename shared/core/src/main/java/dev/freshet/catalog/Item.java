package dev.freshet.catalog;

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
 * @param version raised by the site on each change; only a higher one is applied
 * @param deleted true for the tombstone that a deletion leaves
 * @param type such as article, video, product; the site's own word
 * @param group items that are variants of each other share one, or null
 * @param tags ≤ 50
 * @param attributes ≤ 50, single-valued
 * @param availability empty: everywhere, always
 * @param repeat whether someone who met the item may be shown it again
 * @param embedding given by the site or worked out from the text; or none
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
        Map<String, String> attributes,
        List<Availability> availability,
        RepeatRule repeat,
        Embedding embedding) {
    public Item {
        tags = List.copyOf(tags);
        attributes = Map.copyOf(attributes);
        availability = List.copyOf(availability);
    }

    /**
     * An item with the vector that its site gave.
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
            Map<String, String> attributes,
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

    /** The same item with this embedding. */
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
    }

    /** Whether an item already met may come again. */
    public sealed interface RepeatRule {
        RepeatRule NEVER = new Never();
        RepeatRule ALWAYS = new Always();

        record Never() implements RepeatRule {}

        record Always() implements RepeatRule {}

        /** Again once this long has passed since it was last met. */
        record After(Duration pause) implements RepeatRule {}
    }

    /** What a deletion leaves: nothing of the content, the id and the version that deleted it. */
    public static Item tombstone(String itemId, long version) {
        return new Item(
                itemId,
                version,
                true,
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
