package dev.freshet.lake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.check.Sha256;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Pseudonym;
import dev.freshet.lake.LakeTable.RowKind;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link LakeTable#ARRIVALS} or {@link LakeTable#ITEMS} while it is filled: a JSON object
 * with one member for each column that has a value. Times are microseconds since 1970, as Firehose
 * requires.
 */
public final class LakeRow {
    /** Digits of a sequence number as text; Kinesis gives 56. */
    public static final int SEQUENCE_DIGITS = 60;

    private static final long NANOS = 1_000_000_000L;

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    LakeRow(RowKind kind, ShardPosition position, Instant receivedAt) {
        set(Column.KIND, kind.sqlName());
        set(Column.RECEIVED_AT, receivedAt);
        set(Column.SHARD, position.shard());
        set(Column.SEQUENCE, sequence(position.sequence()));
    }

    private LakeRow() {}

    /**
     * Returns the row of an item of the catalogue.
     *
     * @param validFrom the time of the copy, which stands where no earlier copy had this version
     */
    public static LakeRow of(Item item, Instant validFrom) {
        LakeRow row =
                new LakeRow()
                        .set(Column.ITEM_ID, item.itemId())
                        .set(Column.VERSION, item.version())
                        .set(Column.TYPE, item.type())
                        .set(Column.ITEM_GROUP, item.group())
                        .set(Column.TITLE, item.title())
                        .set(Column.AUTHOR, item.author());
        item.tags().forEach(row.array(Column.TAGS)::add);
        if (item.publishedAt() != null) {
            row.set(Column.PUBLISHED_AT, item.publishedAt());
        }
        return row.set(Column.VALID_FROM, validFrom).set(Column.DELETED, item.deleted());
    }

    LakeRow set(Column column, @Nullable String value) {
        if (value != null) {
            json.put(column.name(), value);
        }
        return this;
    }

    LakeRow set(Column column, @Nullable Number value) {
        switch (value) {
            case null -> {}
            case Integer whole -> json.put(column.name(), whole);
            case Long whole -> json.put(column.name(), whole);
            default -> json.put(column.name(), value.doubleValue());
        }
        return this;
    }

    LakeRow set(Column column, boolean flag) {
        json.put(column.name(), flag);
        return this;
    }

    LakeRow set(Column column, List<String> texts) {
        if (!texts.isEmpty()) {
            texts.forEach(array(column)::add);
        }
        return this;
    }

    LakeRow set(Column column, Instant time) {
        json.put(column.name(), ChronoUnit.MICROS.between(Instant.EPOCH, time));
        return this;
    }

    LakeRow set(Column column, Pseudonym pseudonym) {
        return set(column, text(pseudonym));
    }

    LakeRow set(Column column, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode members = json.putObject(column.name());
            texts.forEach(members::put);
        }
        return this;
    }

    /** Sets the time at which something occurred, by which rows are unique. */
    LakeRow occurred(Instant at) {
        set(Column.OCCURRED_AT, at);
        return set(
                Column.OCCURRED_NS,
                Math.addExact(Math.multiplyExact(at.getEpochSecond(), NANOS), at.getNano()));
    }

    /** Adds an empty array. */
    ArrayNode array(Column column) {
        return json.putArray(column.name());
    }

    /** Returns the row as one line of JSON, with its line end. */
    public byte[] line() {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the row as an object that is not to be changed. */
    public ObjectNode json() {
        return json;
    }

    /** Returns the text of a pseudonym in the lake: 16 hexadecimal digits. */
    public static String text(Pseudonym pseudonym) {
        return HexFormat.of().toHexDigits(pseudonym.bits());
    }

    /** Returns the digest by which erasures name a pseudonym: SHA-256 of its text. */
    public static String digest(Pseudonym pseudonym) {
        return Sha256.of(text(pseudonym).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a sequence number as text that is ordered as numbers are. */
    static String sequence(BigInteger number) {
        String digits = number.toString();
        return "0".repeat(Math.max(0, SEQUENCE_DIGITS - digits.length())) + digits;
    }
}
