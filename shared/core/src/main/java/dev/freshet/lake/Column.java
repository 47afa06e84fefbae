package dev.freshet.lake;

import dev.freshet.event.Context;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One column of a table. Names are lower case without hyphens, as Firehose requires, and no
 * reserved word of either engine.
 */
public record Column(String name, ColumnType type) {
    // Of every arrival.
    static final Column KIND = new Column("kind", ColumnType.TEXT);

    /** The user's pseudonym in 16 hexadecimal digits; null in the row of an erasure. */
    static final Column PSEUDONYM = new Column("pseudonym", ColumnType.TEXT);

    static final Column EVENT_ID = new Column("event_id", ColumnType.TEXT);

    /** Nanoseconds since 1970: Athena reads times in milliseconds only, and this is in keys. */
    static final Column OCCURRED_NS = new Column("occurred_ns", ColumnType.LONG);

    static final Column OCCURRED_AT = new Column("occurred_at", ColumnType.TIME);
    static final Column OCCURRED_DAY = new Column("occurred_day", ColumnType.DAY);
    static final Column CORRECTED_AT = new Column("corrected_at", ColumnType.TIME);
    static final Column RECEIVED_AT = new Column("received_at", ColumnType.TIME);

    /** When the row was made of the record. */
    static final Column TRANSFORMED_AT = new Column("transformed_at", ColumnType.TIME);

    /** The shard's name, with its stream: {@code events/shardId-000000000000}. */
    static final Column SHARD = new Column("shard", ColumnType.TEXT);

    /**
     * The sequence number in {@value LakeRow#SEQUENCE_DIGITS} digits: its order is that of texts.
     */
    static final Column SEQUENCE = new Column("sequence", ColumnType.TEXT);

    // Of interactions.
    static final Column TYPE = new Column("type", ColumnType.TEXT);
    static final Column TARGET_KIND = new Column("target_kind", ColumnType.TEXT);
    static final Column TARGET_ID = new Column("target_id", ColumnType.TEXT);
    static final Column STRENGTH = new Column("strength", ColumnType.REAL);
    static final Column VALUE = new Column("value", ColumnType.REAL);
    static final Column CURRENCY = new Column("currency", ColumnType.TEXT);

    /** Whether the id that the event was sent under was made for a browser and not for a user. */
    static final Column ANONYMOUS = new Column("anonymous", ColumnType.FLAG);

    static final Column RETRACTS = new Column("retracts", ColumnType.TEXT);
    static final Column SESSION = new Column("session", ColumnType.TEXT);
    static final Column LOCAL_HOUR = new Column("local_hour", ColumnType.INTEGER);
    static final Column PROPERTIES = new Column("properties", ColumnType.PROPERTIES);

    // Of the list that an event refers to.
    static final Column RECOMMENDATION_ID = new Column("recommendation_id", ColumnType.TEXT);
    static final Column PLACEMENT = new Column("placement", ColumnType.TEXT);

    /** The experiments and arms of the list, {@code experiment:arm}, separated by commas. */
    static final Column ARM = new Column("arm", ColumnType.TEXT);

    static final Column MODEL_VERSION = new Column("model_version", ColumnType.LONG);

    /** The position of an interaction's item in the list, from 0. */
    static final Column POSITION = new Column("position", ColumnType.INTEGER);

    /** When the list was made. */
    static final Column ISSUED_AT = new Column("issued_at", ColumnType.TIME);

    /** One bit for each source of an interaction's item in the list. */
    static final Column SOURCES = new Column("sources", ColumnType.INTEGER);

    /** The segment of the user as the list was made. */
    static final Column SEGMENT = new Column("segment", ColumnType.TEXT);

    /** The items of the list from the top, as far as an interaction is learned with them. */
    static final Column LISTED = new Column("listed", ColumnType.TEXTS);

    /** The places that a page showed. */
    static final Column PLACES = new Column("places", ColumnType.PLACES);

    // Of merges and erasures.
    static final Column MERGED_INTO = new Column("merged_into", ColumnType.TEXT);

    /** The SHA-256 of the erased pseudonym in hexadecimal digits: the table names nobody. */
    static final Column ERASED = new Column("erased", ColumnType.TEXT);

    static final Column ERASED_AT = new Column("erased_at", ColumnType.TIME);
    static final Column ERASURE_ID = new Column("erasure_id", ColumnType.TEXT);

    // Of items.
    static final Column ITEM_ID = new Column("item_id", ColumnType.TEXT);
    static final Column VERSION = new Column("version", ColumnType.LONG);
    static final Column ITEM_GROUP = new Column("item_group", ColumnType.TEXT);
    static final Column TITLE = new Column("title", ColumnType.TEXT);
    static final Column TAGS = new Column("tags", ColumnType.TEXTS);
    static final Column AUTHOR = new Column("author", ColumnType.TEXT);
    static final Column PUBLISHED_AT = new Column("published_at", ColumnType.TIME);

    /** When a copy of the catalogue first had this version of the item. */
    static final Column VALID_FROM = new Column("valid_from", ColumnType.TIME);

    static final Column DELETED = new Column("deleted", ColumnType.FLAG);

    // Of what jobs compute.
    /** The run of the job that wrote the row. */
    static final Column JOB = new Column("job", ColumnType.TEXT);

    static final Column NEIGHBOUR_ID = new Column("neighbour_id", ColumnType.TEXT);
    static final Column WEIGHT = new Column("weight", ColumnType.REAL);

    /** How many people took both items, at least three. */
    static final Column PEOPLE = new Column("people", ColumnType.INTEGER);

    static final Column VECTOR = new Column("vector", ColumnType.VECTOR);

    private static final Map<Context.Text, Column> OF_TEXTS = new EnumMap<>(Context.Text.class);

    static {
        for (Context.Text text : Context.Text.values()) {
            OF_TEXTS.put(text, new Column(text.wireName(), ColumnType.TEXT));
        }
    }

    /** Returns the columns of a context: those of some of its texts, and that of the hour. */
    static List<Column> ofContext(List<Context.Text> texts) {
        return Stream.concat(texts.stream().sorted().map(Column::of), Stream.of(LOCAL_HOUR))
                .toList();
    }

    /** Returns the column of a text of the context. */
    static Column of(Context.Text text) {
        return Objects.requireNonNull(OF_TEXTS.get(text));
    }

    /** The type of a column, with its name in each engine's definitions. */
    public enum ColumnType {
        TEXT("string", "VARCHAR"),
        LONG("bigint", "BIGINT"),
        INTEGER("int", "INTEGER"),
        REAL("double", "DOUBLE"),
        FLAG("boolean", "BOOLEAN"),
        /** A time in UTC; microseconds since 1970 in the JSON of a row. */
        TIME("timestamp", "TIMESTAMP"),
        DAY("date", "DATE"),
        TEXTS("array<string>", "VARCHAR[]"),
        /** The factors of an item. */
        VECTOR("array<float>", "FLOAT[]"),
        /** Texts by name. */
        PROPERTIES("map<string,string>", "MAP(VARCHAR, VARCHAR)"),
        /** The places of a list. */
        PLACES(
                "array<struct<item_id:string,position:int,propensity:double,sources:int,drawn:boolean,newcomer:boolean>>",
                "STRUCT(item_id VARCHAR, \"position\" INTEGER, propensity DOUBLE, sources INTEGER,"
                        + " drawn BOOLEAN, newcomer BOOLEAN)[]");

        private static final Pattern FIELD = Pattern.compile("(\\w+):");

        private final String athena;
        private final String duckdb;

        ColumnType(String athena, String duckdb) {
            this.athena = athena;
            this.duckdb = duckdb;
        }

        /** Returns the name in Athena's definitions of Iceberg tables. */
        public String athena() {
            return athena;
        }

        /** Returns the name in DuckDB. */
        public String duckdb() {
            return duckdb;
        }

        /** Returns the names of the fields of a structure in order; empty for any other type. */
        List<String> fields() {
            return FIELD.matcher(athena)
                    .results()
                    .map((MatchResult field) -> field.group(1))
                    .toList();
        }
    }
}
