package dev.freshet.lake;

import dev.freshet.event.Context.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
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
            List.of(Column.PSEUDONYM, Column.EVENT_ID, Column.OCCURRED_NS),
            Partition.OCCURRED_DAY,
            Stream.of(
                            of(
                                    Column.PSEUDONYM,
                                    Column.EVENT_ID,
                                    Column.OCCURRED_NS,
                                    Column.OCCURRED_AT,
                                    Column.CORRECTED_AT,
                                    Column.RECEIVED_AT,
                                    Column.TYPE,
                                    Column.TARGET_KIND,
                                    Column.TARGET_ID,
                                    Column.STRENGTH,
                                    Column.VALUE,
                                    Column.CURRENCY,
                                    Column.ANONYMOUS,
                                    Column.RETRACTS,
                                    Column.RECOMMENDATION_ID,
                                    Column.PLACEMENT,
                                    Column.ARM,
                                    Column.SEGMENT,
                                    Column.MODEL_VERSION,
                                    Column.ISSUED_AT,
                                    Column.POSITION,
                                    Column.SOURCES,
                                    Column.LISTED,
                                    Column.SESSION),
                            Column.ofContext(Text.STORED),
                            of(Column.PROPERTIES, Column.SHARD, Column.SEQUENCE))
                    .flatMap(List::stream)
                    .toList()),

    /**
     * The lists shown to users who consent to analytics, one row for each. What occurred is the
     * issue of the list, or the impression where the list had no token.
     */
    EXPOSURES(
            List.of(RowKind.EXPOSURE),
            List.of(Column.PSEUDONYM, Column.RECOMMENDATION_ID, Column.OCCURRED_NS),
            Partition.OCCURRED_DAY,
            Stream.of(
                            of(
                                    Column.PSEUDONYM,
                                    Column.EVENT_ID,
                                    Column.OCCURRED_NS,
                                    Column.OCCURRED_AT,
                                    Column.CORRECTED_AT,
                                    Column.RECEIVED_AT,
                                    Column.RECOMMENDATION_ID,
                                    Column.PLACEMENT,
                                    Column.ARM,
                                    Column.SEGMENT,
                                    Column.MODEL_VERSION,
                                    Column.PLACES),
                            Column.ofContext(Text.LEARNED),
                            of(Column.SHARD, Column.SEQUENCE))
                    .flatMap(List::stream)
                    .toList()),

    /**
     * The statements that an anonymous id belongs to a user. It belongs to the user of the first
     * one; each later one adds what was done under the anonymous id since.
     */
    MERGES(
            List.of(RowKind.MERGE),
            List.of(Column.PSEUDONYM, Column.SHARD, Column.SEQUENCE),
            Partition.NONE,
            of(
                    Column.PSEUDONYM,
                    Column.MERGED_INTO,
                    Column.CORRECTED_AT,
                    Column.RECEIVED_AT,
                    Column.SHARD,
                    Column.SEQUENCE)),

    /** The erasures, by digest: what arrives later of an erased person is erased by them. */
    ERASURES(
            List.of(RowKind.ERASURE),
            List.of(Column.ERASED, Column.ERASURE_ID),
            Partition.NONE,
            of(
                    Column.ERASED,
                    Column.ERASURE_ID,
                    Column.ERASED_AT,
                    Column.RECEIVED_AT,
                    Column.SHARD,
                    Column.SEQUENCE)),

    /** The catalogue as the last copy has it, one row for each item. */
    ITEMS(
            List.of(),
            List.of(Column.ITEM_ID),
            Partition.NONE,
            of(
                    Column.ITEM_ID,
                    Column.VERSION,
                    Column.TYPE,
                    Column.ITEM_GROUP,
                    Column.TITLE,
                    Column.TAGS,
                    Column.AUTHOR,
                    Column.PUBLISHED_AT,
                    Column.VALID_FROM,
                    Column.DELETED)),

    /** The nearest neighbours of items by the latest job, replaced whole; none is of one person. */
    NEIGHBOURS(
            List.of(),
            List.of(Column.JOB, Column.ITEM_ID, Column.NEIGHBOUR_ID),
            Partition.NONE,
            of(Column.JOB, Column.ITEM_ID, Column.NEIGHBOUR_ID, Column.WEIGHT, Column.PEOPLE)),

    /** The factors of items by the latest job, replaced whole. */
    ITEM_FACTORS(
            List.of(),
            List.of(Column.JOB, Column.ITEM_ID),
            Partition.NONE,
            of(Column.JOB, Column.ITEM_ID, Column.VECTOR)),

    /** One row for each delivered record: what the other tables are settled from. */
    ARRIVALS(
            List.of(),
            List.of(Column.SHARD, Column.SEQUENCE),
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

    /** Returns the tables with rows of people, from which rows of erased people are deleted. */
    public static List<LakeTable> ofPeople() {
        return List.of(ARRIVALS, MERGES, INTERACTIONS, EXPOSURES);
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
                ? Stream.concat(columns.stream(), Stream.of(Column.OCCURRED_DAY)).toList()
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

    /** Returns the columns and types as DuckDB defines them, separated by commas. */
    public String duckdbColumns() {
        return allColumns().stream()
                .map(column -> "\"" + column.name() + "\" " + column.type().duckdb())
                .collect(Collectors.joining(", "));
    }

    private static List<Column> of(Column... columns) {
        return List.of(columns);
    }

    private static List<Column> arrivals(LakeTable... from) {
        SequencedSet<Column> all = new LinkedHashSet<>(List.of(Column.KIND, Column.TRANSFORMED_AT));
        for (LakeTable table : from) {
            all.addAll(table.columns);
        }
        return List.copyOf(all);
    }
}
