package dev.freshet.aws.dynamodb;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.privacy.RowExpiry;
import dev.freshet.store.RetentionPolicy;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Items. Attributes are those of {@link Item}. The repeat rule is {@code never}, {@code
 * always} or an ISO 8601 duration. A computed embedding is stored as its quantised cells and the
 * name of its origin; one that the site supplied has no origin and is stored as big-endian 32-bit
 * floats.
 */
record ItemRow(
        String itemId,
        long version,
        @Nullable Boolean deleted,
        @Nullable String type,
        @Nullable String group,
        @Nullable String title,
        @Nullable String text,
        @Nullable List<String> tags,
        @Nullable String author,
        @Nullable Instant publishedAt,
        @Nullable Map<String, AttributeValue> attributes,
        @Nullable List<Window> availability,
        String repeat,
        @Nullable SdkBytes embedding,
        @Nullable String embedder,
        @Nullable Long expiresAt)
        implements Rows.Expiring {
    static final String VERSION = "version";

    static final TableSchema<ItemRow> SCHEMA = RowSchema.of(ItemRow.class, TableKeys.ITEM_ID);

    static ItemRow of(Item item, RetentionPolicy retention) {
        Embedding embedding = item.embedding();
        return new ItemRow(
                item.itemId(),
                item.version(),
                item.deleted() ? true : null,
                orNull(item.type()),
                item.group(),
                orNull(item.title()),
                orNull(item.text()),
                item.tags().isEmpty() ? null : item.tags(),
                item.author(),
                item.publishedAt(),
                item.attributes().isEmpty() ? null : item.attributes(),
                item.availability().isEmpty()
                        ? null
                        : item.availability().stream().map(Window::of).toList(),
                switch (item.repeat()) {
                    case RepeatRule.Never never -> "never";
                    case RepeatRule.Always always -> "always";
                    case RepeatRule.Learned learned -> "learned";
                    case RepeatRule.After after -> after.pause().toString();
                },
                embedding.isEmpty() ? null : SdkBytes.fromByteArrayUnsafe(embedding.cells()),
                embedding.isEmpty() ? null : embedding.origin(),
                RowExpiry.expiry(item, retention).orElse(null));
    }

    Item value() {
        return new Item(
                itemId,
                version,
                deleted != null && deleted,
                new Item.Content(
                        type == null ? "" : type,
                        group,
                        title == null ? "" : title,
                        text == null ? "" : text,
                        tags == null ? List.of() : tags,
                        author,
                        publishedAt,
                        attributes == null ? Map.of() : attributes),
                availability == null
                        ? List.of()
                        : availability.stream().map(Window::value).toList(),
                switch (repeat) {
                    case "never" -> RepeatRule.NEVER;
                    case "always" -> RepeatRule.ALWAYS;
                    case "learned" -> RepeatRule.LEARNED;
                    default -> new RepeatRule.After(Duration.parse(repeat));
                },
                embedding(embedding, embedder));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Embedding embedding(@Nullable SdkBytes packed, @Nullable String origin) {
        if (packed == null) {
            return Embedding.NONE;
        }
        if (origin != null) {
            return Embedding.ofCells(origin, packed.asByteArrayUnsafe());
        }
        FloatBuffer numbers = packed.asByteBuffer().asFloatBuffer();
        List<Float> values = new ArrayList<>(numbers.remaining());
        while (numbers.hasRemaining()) {
            values.add(numbers.get());
        }
        return Embedding.given(values);
    }

    /**
     * An availability window within a row of Items: the regions and the period in which an item may
     * be shown.
     */
    record Window(List<String> regions, @Nullable Instant from, @Nullable Instant until) {
        static Window of(Availability window) {
            return new Window(
                    window.regions().stream().sorted().toList(), window.from(), window.until());
        }

        Availability value() {
            return new Availability(Set.copyOf(regions), from, until);
        }
    }
}
