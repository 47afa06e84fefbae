package dev.freshet.storage.dynamodb;

import static software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttributeTags.primaryPartitionKey;

import dev.freshet.feature.Item;
import dev.freshet.feature.Item.RepeatRule;
import dev.freshet.storage.Retention;
import dev.freshet.storage.TableKeys;
import java.nio.ByteBuffer;
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
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.StaticTableSchema;

/**
 * A row of Items: attributes as in {@link Item}, times in epoch milliseconds, the repeat rule as
 * {@code never}, {@code always} or an ISO 8601 duration, the embedding as 32-bit floats,
 * big-endian.
 */
final class ItemRow {
    static final String VERSION = "version";

    static final TableSchema<ItemRow> SCHEMA =
            StaticTableSchema.builder(ItemRow.class)
                    .newItemSupplier(ItemRow::new)
                    .attributes(content())
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name(TableKeys.ITEM_ID)
                                            .getter(r -> r.itemId)
                                            .setter((r, v) -> r.itemId = v)
                                            .tags(primaryPartitionKey()))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(VERSION)
                                            .getter(r -> r.version)
                                            .setter((r, v) -> r.version = v))
                    .addAttribute(
                            Boolean.class,
                            a ->
                                    a.name("deleted")
                                            .getter(r -> r.deleted)
                                            .setter((r, v) -> r.deleted = v))
                    .addAttribute(
                            EnhancedType.listOf(
                                    EnhancedType.documentOf(
                                            WindowRow.class,
                                            WindowRow.SCHEMA,
                                            b -> b.ignoreNulls(true))),
                            a ->
                                    a.name("availability")
                                            .getter(r -> r.availability)
                                            .setter((r, v) -> r.availability = v))
                    .addAttribute(
                            String.class,
                            a ->
                                    a.name("repeat")
                                            .getter(r -> r.repeat)
                                            .setter((r, v) -> r.repeat = v))
                    .addAttribute(
                            SdkBytes.class,
                            a ->
                                    a.name("embedding")
                                            .getter(r -> r.embedding)
                                            .setter((r, v) -> r.embedding = v))
                    .addAttribute(
                            Long.class,
                            a ->
                                    a.name(TableKeys.EXPIRES_AT)
                                            .getter(r -> r.expiresAt)
                                            .setter((r, v) -> r.expiresAt = v))
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
    private @Nullable Map<String, String> attributes;
    private @Nullable List<WindowRow> availability;
    private String repeat = "";
    private @Nullable SdkBytes embedding;
    private @Nullable Long expiresAt;

    private static List<StaticAttribute<ItemRow, ?>> content() {
        return List.of(
                StaticAttribute.builder(ItemRow.class, String.class)
                        .name("type")
                        .getter(r -> r.type)
                        .setter((r, v) -> r.type = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, String.class)
                        .name("group")
                        .getter(r -> r.group)
                        .setter((r, v) -> r.group = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, String.class)
                        .name("title")
                        .getter(r -> r.title)
                        .setter((r, v) -> r.title = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, String.class)
                        .name("text")
                        .getter(r -> r.text)
                        .setter((r, v) -> r.text = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, EnhancedType.listOf(String.class))
                        .name("tags")
                        .getter(r -> r.tags)
                        .setter((r, v) -> r.tags = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, String.class)
                        .name("author")
                        .getter(r -> r.author)
                        .setter((r, v) -> r.author = v)
                        .build(),
                StaticAttribute.builder(ItemRow.class, Long.class)
                        .name("publishedAt")
                        .getter(r -> r.publishedAt)
                        .setter((r, v) -> r.publishedAt = v)
                        .build(),
                StaticAttribute.builder(
                                ItemRow.class, EnhancedType.mapOf(String.class, String.class))
                        .name("attributes")
                        .getter(r -> r.attributes)
                        .setter((r, v) -> r.attributes = v)
                        .build());
    }

    static ItemRow of(Item item) {
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
                    case RepeatRule.After after -> after.pause().toString();
                };
        row.embedding = item.embedding().isEmpty() ? null : pack(item.embedding());
        row.expiresAt = Retention.expiry(item).orElse(null);
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
                    default -> new RepeatRule.After(Duration.parse(repeat));
                },
                embedding == null ? List.of() : unpack(embedding));
    }

    long version() {
        return version;
    }

    boolean expired(Instant now) {
        return Retention.passed(expiresAt, now);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static SdkBytes pack(List<Float> numbers) {
        ByteBuffer packed = ByteBuffer.allocate(Float.BYTES * numbers.size());
        numbers.forEach(packed::putFloat);
        return SdkBytes.fromByteArrayUnsafe(packed.array());
    }

    private static List<Float> unpack(SdkBytes packed) {
        FloatBuffer numbers = packed.asByteBuffer().asFloatBuffer();
        List<Float> unpacked = new ArrayList<>(numbers.remaining());
        while (numbers.hasRemaining()) {
            unpacked.add(numbers.get());
        }
        return unpacked;
    }
}
