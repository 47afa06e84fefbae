package dev.freshet.aws.dynamodb;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.aws.row.RowExpiry;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.store.RetentionPolicy;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;

/**
 * A row of Items. Attributes are those of {@link Item}, times in epoch milliseconds. The repeat
 * rule is {@code never}, {@code always} or an ISO 8601 duration. A computed embedding is stored as
 * its quantised cells and the name of its origin; one that the site supplied has no origin and is
 * stored as big-endian 32-bit floats.
 */
final class ItemRow {
    static final String VERSION = "version";

    static final TableSchema<ItemRow> SCHEMA =
            RowSchema.of(ItemRow.class, ItemRow::new)
                    .with("type", String.class, r -> r.type, (r, v) -> r.type = v)
                    .with("group", String.class, r -> r.group, (r, v) -> r.group = v)
                    .with("title", String.class, r -> r.title, (r, v) -> r.title = v)
                    .with("text", String.class, r -> r.text, (r, v) -> r.text = v)
                    .with(
                            "tags",
                            EnhancedType.listOf(String.class),
                            r -> r.tags,
                            (r, v) -> r.tags = v)
                    .with("author", String.class, r -> r.author, (r, v) -> r.author = v)
                    .with(
                            "publishedAt",
                            Long.class,
                            r -> r.publishedAt,
                            (r, v) -> r.publishedAt = v)
                    .with(
                            "attributes",
                            AttributesConverter.INSTANCE,
                            r -> r.attributes,
                            (r, v) -> r.attributes = v)
                    .partitionKey(TableKeys.ITEM_ID, r -> r.itemId, (r, v) -> r.itemId = v)
                    .with(VERSION, Long.class, r -> r.version, (r, v) -> r.version = v)
                    .with("deleted", Boolean.class, r -> r.deleted, (r, v) -> r.deleted = v)
                    .with(
                            "availability",
                            EnhancedType.listOf(
                                    EnhancedType.documentOf(
                                            WindowRow.class,
                                            WindowRow.SCHEMA,
                                            b -> b.ignoreNulls(true))),
                            r -> r.availability,
                            (r, v) -> r.availability = v)
                    .with("repeat", String.class, r -> r.repeat, (r, v) -> r.repeat = v)
                    .with("embedding", SdkBytes.class, r -> r.embedding, (r, v) -> r.embedding = v)
                    .with("embedder", String.class, r -> r.embedder, (r, v) -> r.embedder = v)
                    .with(
                            TableKeys.EXPIRES_AT,
                            Long.class,
                            r -> r.expiresAt,
                            (r, v) -> r.expiresAt = v)
                    .build();

    private String itemId = "";
    private Long version = 0L;
    private @Nullable Boolean deleted;
    private @Nullable String type;
    private @Nullable String group;
    private @Nullable String title;
    private @Nullable String text;
    private @Nullable List<String> tags;
    private @Nullable String author;
    private @Nullable Long publishedAt;
    private @Nullable Map<String, AttributeValue> attributes;
    private @Nullable List<WindowRow> availability;
    private String repeat = "";
    private @Nullable SdkBytes embedding;
    private @Nullable String embedder;
    private @Nullable Long expiresAt;

    static ItemRow of(Item item, RetentionPolicy retention) {
        ItemRow row = new ItemRow();
        Instant published = item.publishedAt();
        row.itemId = item.itemId();
        row.version = item.version();
        row.deleted = item.deleted() ? true : null;
        row.type = orNull(item.type());
        row.group = item.group();
        row.title = orNull(item.title());
        row.text = orNull(item.text());
        row.tags = item.tags().isEmpty() ? null : item.tags();
        row.author = item.author();
        row.publishedAt = published == null ? null : published.toEpochMilli();
        row.attributes = item.attributes().isEmpty() ? null : item.attributes();
        row.availability =
                item.availability().isEmpty()
                        ? null
                        : item.availability().stream().map(WindowRow::of).toList();
        row.repeat =
                switch (item.repeat()) {
                    case RepeatRule.Never never -> "never";
                    case RepeatRule.Always always -> "always";
                    case RepeatRule.Learned learned -> "learned";
                    case RepeatRule.After after -> after.pause().toString();
                };
        if (!item.embedding().isEmpty()) {
            row.embedding = SdkBytes.fromByteArrayUnsafe(item.embedding().cells());
            row.embedder = item.embedding().origin();
        }
        row.expiresAt = RowExpiry.expiry(item, retention).orElse(null);
        return row;
    }

    Item value() {
        return new Item(
                itemId,
                version,
                deleted != null && deleted,
                type == null ? "" : type,
                group,
                title == null ? "" : title,
                text == null ? "" : text,
                tags == null ? List.of() : tags,
                author,
                publishedAt == null ? null : Instant.ofEpochMilli(publishedAt),
                attributes == null ? Map.of() : attributes,
                availability == null
                        ? List.of()
                        : availability.stream().map(WindowRow::value).toList(),
                switch (repeat) {
                    case "never" -> RepeatRule.NEVER;
                    case "always" -> RepeatRule.ALWAYS;
                    case "learned" -> RepeatRule.LEARNED;
                    default -> new RepeatRule.After(Duration.parse(repeat));
                },
                embedding(embedding, embedder));
    }

    long version() {
        return version;
    }

    boolean expired(Instant now) {
        return RowExpiry.passed(expiresAt, now);
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
}
