package dev.freshet.lake;

import static dev.freshet.lake.Column.ANONYMOUS;
import static dev.freshet.lake.Column.ARM;
import static dev.freshet.lake.Column.AUTHOR;
import static dev.freshet.lake.Column.CORRECTED_AT;
import static dev.freshet.lake.Column.CURRENCY;
import static dev.freshet.lake.Column.DELETED;
import static dev.freshet.lake.Column.ERASED;
import static dev.freshet.lake.Column.ERASED_AT;
import static dev.freshet.lake.Column.ERASURE_ID;
import static dev.freshet.lake.Column.EVENT_ID;
import static dev.freshet.lake.Column.ISSUED_AT;
import static dev.freshet.lake.Column.ITEM_GROUP;
import static dev.freshet.lake.Column.ITEM_ID;
import static dev.freshet.lake.Column.JOB;
import static dev.freshet.lake.Column.KIND;
import static dev.freshet.lake.Column.LISTED;
import static dev.freshet.lake.Column.MERGED_INTO;
import static dev.freshet.lake.Column.MODEL_VERSION;
import static dev.freshet.lake.Column.NEIGHBOUR_ID;
import static dev.freshet.lake.Column.OCCURRED_AT;
import static dev.freshet.lake.Column.OCCURRED_DAY;
import static dev.freshet.lake.Column.OCCURRED_NS;
import static dev.freshet.lake.Column.PEOPLE;
import static dev.freshet.lake.Column.PLACEMENT;
import static dev.freshet.lake.Column.PLACES;
import static dev.freshet.lake.Column.POSITION;
import static dev.freshet.lake.Column.PROPERTIES;
import static dev.freshet.lake.Column.PSEUDONYM;
import static dev.freshet.lake.Column.PUBLISHED_AT;
import static dev.freshet.lake.Column.RECEIVED_AT;
import static dev.freshet.lake.Column.RECOMMENDATION_ID;
import static dev.freshet.lake.Column.RETRACTS;
import static dev.freshet.lake.Column.SEGMENT;
import static dev.freshet.lake.Column.SEQUENCE;
import static dev.freshet.lake.Column.SESSION;
import static dev.freshet.lake.Column.SHARD;
import static dev.freshet.lake.Column.SOURCES;
import static dev.freshet.lake.Column.STRENGTH;
import static dev.freshet.lake.Column.TAGS;
import static dev.freshet.lake.Column.TARGET_ID;
import static dev.freshet.lake.Column.TARGET_KIND;
import static dev.freshet.lake.Column.TITLE;
import static dev.freshet.lake.Column.TRANSFORMED_AT;
import static dev.freshet.lake.Column.TYPE;
import static dev.freshet.lake.Column.VALID_FROM;
import static dev.freshet.lake.Column.VALUE;
import static dev.freshet.lake.Column.VECTOR;
import static dev.freshet.lake.Column.VERSION;
import static dev.freshet.lake.Column.WEIGHT;

import dev.freshet.event.Context.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The tables of the lake: the one place that says which columns they have, by which they are
 * partitioned, and what makes a row of them unique.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable
public enum LakeTable {
    /** What was settled of interactions and retractions, one row for each event. */
    INTERACTIONS(
            List.of(RowKind.INTERACTION, RowKind.RETRACTION),
            List.of(PSEUDONYM, EVENT_ID, OCCURRED_NS),
            Partition.OCCURRED_DAY,
            columns(
                    List.of(PSEUDONYM, EVENT_ID, OCCURRED_NS, OCCURRED_AT),
                    List.of(CORRECTED_AT, RECEIVED_AT, TYPE, TARGET_KIND, TARGET_ID),
                    List.of(STRENGTH, VALUE, CURRENCY, ANONYMOUS, RETRACTS),
                    List.of(RECOMMENDATION_ID, PLACEMENT, ARM, SEGMENT, MODEL_VERSION),
                    List.of(ISSUED_AT, POSITION, SOURCES, LISTED, SESSION),
                    Column.ofContext(Text.STORED),
                    List.of(PROPERTIES, SHARD, SEQUENCE))),

    /**
     * The lists shown to users who consent to analytics, one row for each. What occurred is the
     * issue of the list, or the impression where the list had no token, and so is in no view.
     */
    EXPOSURES(
            List.of(RowKind.EXPOSURE),
            List.of(PSEUDONYM, RECOMMENDATION_ID, OCCURRED_NS),
            Partition.OCCURRED_DAY,
            columns(
                    List.of(PSEUDONYM, EVENT_ID, OCCURRED_NS, OCCURRED_AT),
                    List.of(CORRECTED_AT, RECEIVED_AT),
                    List.of(RECOMMENDATION_ID, PLACEMENT, ARM, SEGMENT, MODEL_VERSION, PLACES),
                    Column.ofContext(Text.LEARNED),
                    List.of(SHARD, SEQUENCE))),

    /**
     * The statements that an anonymous id belongs to a user. It belongs to the user of the first
     * one; each later one adds what was done under the anonymous id since.
     */
    MERGES(
            List.of(RowKind.MERGE),
            List.of(PSEUDONYM, SHARD, SEQUENCE),
            Partition.NONE,
            List.of(PSEUDONYM, MERGED_INTO, CORRECTED_AT, RECEIVED_AT, SHARD, SEQUENCE)),

    /** The erasures, by digest: what arrives later of an erased person is erased by them. */
    ERASURES(
            List.of(RowKind.ERASURE),
            List.of(ERASED, ERASURE_ID),
            Partition.NONE,
            List.of(ERASED, ERASURE_ID, ERASED_AT, RECEIVED_AT, SHARD, SEQUENCE)),

    /** The catalogue as the last copy has it, one row for each item. */
    ITEMS(
            List.of(),
            List.of(ITEM_ID),
            Partition.NONE,
            columns(
                    List.of(ITEM_ID, VERSION, TYPE, ITEM_GROUP, TITLE, TAGS, AUTHOR),
                    List.of(PUBLISHED_AT, VALID_FROM, DELETED))),

    /** The nearest neighbours of items by the latest job, replaced whole; none is of one person. */
    NEIGHBOURS(
            List.of(),
            List.of(JOB, ITEM_ID, NEIGHBOUR_ID),
            Partition.NONE,
            List.of(JOB, ITEM_ID, NEIGHBOUR_ID, WEIGHT, PEOPLE)),

    /** The factors of items by the latest job, replaced whole. */
    ITEM_FACTORS(List.of(), List.of(JOB, ITEM_ID), Partition.NONE, List.of(JOB, ITEM_ID, VECTOR)),

    /** One row for each delivered record: what the other tables are settled from. */
    ARRIVALS(
            List.of(),
            List.of(SHARD, SEQUENCE),
            Partition.RECEIVED_DAY,
            arrivals(INTERACTIONS, EXPOSURES, MERGES, ERASURES));

    /** The kinds of rows of {@link #ARRIVALS}. */
    public enum RowKind {
        INTERACTION,
        RETRACTION,
        EXPOSURE,
        MERGE,
        ERASURE;

        /** Returns the value of the column {@code kind}. */
        public String sqlName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the rows of a table are divided. */
    public enum Partition {
        NONE(""),
        /** By the column {@code occurred_day}, which is of the time as sent and never changes. */
        OCCURRED_DAY("occurred_day"),
        /** By the day of {@code received_at}. */
        RECEIVED_DAY("day(received_at)");

        private final String athena;

        Partition(String athena) {
            this.athena = athena;
        }
    }

    private final List<RowKind> kinds;
    private final List<Column> key;
    private final Partition partition;
    private final List<Column> columns;

    LakeTable(List<RowKind> kinds, List<Column> key, Partition partition, List<Column> columns) {
        this.kinds = kinds;
        this.key = key;
        this.partition = partition;
        this.columns = columns;
    }

    /**
     * Returns the tables that are settled from arrivals, in the order in which they are settled.
     */
    public static List<LakeTable> settled() {
        return List.of(ERASURES, MERGES, INTERACTIONS, EXPOSURES);
    }

    /**
     * Returns the tables with rows of people, from which rows of erased people are deleted, last of
     * all those of arrivals, which alone are written meanwhile.
     */
    public static List<LakeTable> ofPeople() {
        return List.of(MERGES, INTERACTIONS, EXPOSURES, ARRIVALS);
    }

    /** Returns the tables that batch jobs write, without rows of people. */
    public static List<LakeTable> ofJobs() {
        return List.of(NEIGHBOURS, ITEM_FACTORS);
    }

    /** Returns the name in SQL. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kinds of arrivals that the table is settled from; empty if it is not settled. */
    public List<RowKind> kinds() {
        return kinds;
    }

    /** Returns the columns that make a row unique. */
    public List<Column> key() {
        return key;
    }

    public Partition partition() {
        return partition;
    }

    /** Returns the columns that come from a row of arrivals or from the catalogue. */
    public List<Column> columns() {
        return columns;
    }

    /** Returns all columns, that of the partition last. */
    public List<Column> allColumns() {
        return partition == Partition.OCCURRED_DAY
                ? Stream.concat(columns.stream(), Stream.of(OCCURRED_DAY)).toList()
                : columns;
    }

    /** Returns the names of columns, separated by commas. */
    public static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    /**
     * Returns the statement by which Athena creates the table as an Iceberg table, in Athena's own
     * grammar for definitions.
     *
     * @param database the name of the database, lower case without hyphens
     * @param location the address of the table's folder, {@code s3://BUCKET/FOLDER/}
     */
    public String athenaDefinition(String database, String location) {
        String all =
                allColumns().stream()
                        .map(column -> "  `" + column.name() + "` " + column.type().athena())
                        .collect(Collectors.joining(",\n"));
        String divided =
                partition == Partition.NONE ? "" : "PARTITIONED BY (" + partition.athena + ")\n";
        return "CREATE TABLE IF NOT EXISTS `%s`.`%s` (\n%s)\n%sLOCATION '%s'\n%s"
                .formatted(
                        database,
                        sqlName(),
                        all,
                        divided,
                        location,
                        "TBLPROPERTIES ('table_type' = 'ICEBERG', 'format' = 'parquet',"
                                + " 'write_compression' = 'zstd',"
                                + " 'optimize_rewrite_delete_file_threshold' = '1',"
                                + " 'vacuum_max_snapshot_age_seconds' = '86400',"
                                + " 'vacuum_max_metadata_files_to_keep' = '5')");
    }

    @SafeVarargs
    private static List<Column> columns(List<Column>... groups) {
        List<Column> all = new ArrayList<>();
        for (List<Column> group : groups) {
            all.addAll(group);
        }
        return List.copyOf(all);
    }

    private static List<Column> arrivals(LakeTable... from) {
        return Stream.concat(
                        Stream.of(KIND, TRANSFORMED_AT),
                        Stream.of(from).flatMap(table -> table.columns.stream()))
                .distinct()
                .toList();
    }
}
