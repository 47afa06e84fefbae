package dev.freshet.example;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of items in examples and snapshots; sets and maps are sorted. In version 1 of
 * both formats every attribute was a text.
 */
@SuppressWarnings({"JavaInstantGetSecondsGetNano", "JavaDurationGetSecondsGetNano"})
public final class ItemCodec {
    /** Longest id or name, in UTF-8 bytes. */
    public static final int MOST_NAME_BYTES = 2_048;

    private static final int MOST_TEXT_BYTES = 1 << 20;
    private static final int MOST_PARTS = 1_024;

    private ItemCodec() {}

    public static void write(Item item, ByteSink out, TextSink texts) {
        texts.put(item.itemId());
        out.zigzag(item.version());
        out.put(item.deleted() ? 1 : 0);
        texts.put(item.type());
        texts.put(item.group());
        out.text(item.title());
        out.text(item.text());
        out.varint(item.tags().size());
        item.tags().forEach(texts::put);
        texts.put(item.author());
        instant(item.publishedAt(), out);
        out.varint(item.attributes().size());
        new TreeMap<>(item.attributes())
                .forEach(
                        (name, value) -> {
                            texts.put(name);
                            AttributeCodec.write(value, out, texts);
                        });
        out.varint(item.availability().size());
        for (Availability where : item.availability()) {
            out.varint(where.regions().size());
            new TreeSet<>(where.regions()).forEach(texts::put);
            instant(where.from(), out);
            instant(where.until(), out);
        }
        switch (item.repeat()) {
            case RepeatRule.Never never -> out.varint(0);
            case RepeatRule.Always always -> out.varint(1);
            case RepeatRule.Learned learned -> out.varint(3);
            case RepeatRule.After after -> {
                out.varint(2);
                out.zigzag(after.pause().toSeconds());
                out.varint(after.pause().getNano());
            }
        }
        write(item.embedding(), out, texts);
    }

    /**
     * Reads an item.
     *
     * @param typed false for version 1 of examples and snapshots
     */
    public static Item read(ByteSource in, TextSource texts, boolean typed) {
        String itemId = texts.get(MOST_NAME_BYTES);
        long version = in.zigzag();
        boolean deleted = in.flag();
        String type = texts.get(MOST_NAME_BYTES);
        String group = texts.getOrNull(MOST_NAME_BYTES);
        String title = in.text(MOST_TEXT_BYTES);
        String text = in.text(MOST_TEXT_BYTES);
        List<String> tags = names(in, texts);
        String author = texts.getOrNull(MOST_NAME_BYTES);
        Instant publishedAt = instant(in);
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (int left = in.count(MOST_PARTS, 2); left > 0; left--) {
            attributes.put(texts.get(MOST_NAME_BYTES), AttributeCodec.read(in, texts, typed));
        }
        List<Availability> availability = new ArrayList<>();
        for (int left = in.count(MOST_PARTS, 3); left > 0; left--) {
            Set<String> regions = new HashSet<>(names(in, texts));
            availability.add(new Availability(regions, instant(in), instant(in)));
        }
        RepeatRule repeat = repeat(in);
        Embedding embedding = embedding(in, texts);
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
                embedding);
    }

    /**
     * Writes 0 for no embedding; else the dimension plus {@value #MOST_PARTS}, the origin and the
     * cells. A smaller number is followed by as many floats, the form in which vectors from sites
     * were first written.
     */
    private static void write(Embedding embedding, ByteSink out, TextSink texts) {
        if (embedding.isEmpty()) {
            out.varint(0);
            return;
        }
        out.varint(MOST_PARTS + embedding.dimension());
        texts.put(embedding.origin());
        out.raw(embedding.cells());
    }

    private static Embedding embedding(ByteSource in, TextSource texts) {
        int dimension = in.upTo(MOST_PARTS + Embedding.MAX_DIMENSION);
        if (dimension > MOST_PARTS) {
            return Embedding.ofCells(texts.get(MOST_NAME_BYTES), in.raw(dimension - MOST_PARTS));
        }
        List<Float> numbers = new ArrayList<>();
        for (int left = dimension; left > 0; left--) {
            numbers.add(in.float32());
        }
        return Embedding.given(numbers);
    }

    public static void instant(@Nullable Instant instant, ByteSink out) {
        out.put(instant == null ? 0 : 1);
        if (instant != null) {
            out.zigzag(instant.getEpochSecond() - ModelTime.ORIGIN);
            out.varint(instant.getNano());
        }
    }

    public static @Nullable Instant instant(ByteSource in) {
        return in.flag()
                ? Instant.ofEpochSecond(in.zigzag() + ModelTime.ORIGIN, in.upTo(999_999_999))
                : null;
    }

    private static List<String> names(ByteSource in, TextSource texts) {
        List<String> names = new ArrayList<>();
        for (int left = in.count(MOST_PARTS, 1); left > 0; left--) {
            names.add(texts.get(MOST_NAME_BYTES));
        }
        return names;
    }

    private static RepeatRule repeat(ByteSource in) {
        return switch (in.upTo(3)) {
            case 0 -> RepeatRule.NEVER;
            case 1 -> RepeatRule.ALWAYS;
            case 2 -> new RepeatRule.After(Duration.ofSeconds(in.zigzag(), in.upTo(999_999_999)));
            case 3 -> RepeatRule.LEARNED;
            default -> throw new MalformedBytesException("no such repeat rule");
        };
    }
}
