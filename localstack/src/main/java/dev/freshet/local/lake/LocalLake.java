package dev.freshet.local.lake;

import dev.freshet.cli.lake.FolderLake;
import dev.freshet.cli.lake.FolderLake.LakeException;
import dev.freshet.cli.lake.FolderLake.Settled;
import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.cli.lake.QueryRows;
import dev.freshet.lake.Column;
import dev.freshet.lake.Column.ColumnType;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.LakeTable.Partition;
import dev.freshet.lake.SqlRange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A lake in a folder of Parquet files, by DuckDB. Its tables and views have the names, columns and
 * statements of a deployed lake. What is erased is rewritten at once, so that no file holds it.
 *
 * <p>Not safe for use by several threads. Several processes may use one folder: files are replaced
 * whole, and one process at a time settles.
 */
public final class LocalLake implements FolderLake {
    /** Days that arrivals, and rows that broke a rule, are kept. */
    public static final int ARRIVAL_DAYS = 14;

    /** Days that erasures are kept: what was on its way may land after the first deletion. */
    public static final int ERASURE_DAYS = 35;

    private static final String MEMORY = "256MB";

    private final LakeFolder folder;
    private final Connection connection;

    /**
     * Opens the lake of a folder.
     *
     * @param path the folder; need not exist
     */
    public LocalLake(Path path) {
        this(path, false);
    }

    /**
     * Opens the lake of a folder.
     *
     * @param streams whether results are read while they are made, and the next query ends the one
     *     before; else they are held whole
     */
    LocalLake(Path path, boolean streams) {
        this.folder = new LakeFolder(path);
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", Boolean.toString(streams));
        try {
            this.connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (SQLException e) {
            throw new LakeException(e);
        }
        run("SET memory_limit = '" + MEMORY + "'");
        run("SET threads = 2");
        run("SET temp_directory = " + text(path.resolve("tmp")));
        run("SET autoinstall_known_extensions = false");
        LakeSql.DUCKDB_MACROS.forEach(this::run);
        refresh();
    }

    LakeFolder folder() {
        return folder;
    }

    /** Makes the tables those of the files that are there now. */
    public void refresh() {
        for (LakeTable table : LakeTable.values()) {
            run(
                    LakeSql.createView(
                            table.sqlName(),
                            folder.isEmpty(table)
                                    ? "SELECT " + columns(table, LocalLake::none) + " WHERE false"
                                    : "SELECT "
                                            + columns(table, LocalLake::quoted)
                                            + " FROM "
                                            + files(folder.of(table))));
        }
        LakeSql.views(LakeSql.Engine.DUCKDB)
                .forEach((name, query) -> run(LakeSql.createView(name, query)));
    }

    private static String columns(LakeTable table, Function<Column, String> column) {
        return table.allColumns().stream().map(column).collect(Collectors.joining(", "));
    }

    private static String quoted(Column column) {
        return '"' + column.name() + '"';
    }

    private static String none(Column column) {
        return "CAST(NULL AS %s) AS %s".formatted(column.type().duckdb(), quoted(column));
    }

    private static String files(Path under) {
        return "read_parquet("
                + text(under.resolve("**/*.parquet"))
                + ", hive_partitioning = false, union_by_name = true)";
    }

    /** The rows of a query. */
    @FunctionalInterface
    public interface Rows<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /**
     * Runs a query.
     *
     * @throws LakeException if DuckDB refuses it
     */
    public <T> T query(String sql, Rows<T> rows) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return rows.read(result);
        } catch (SQLException e) {
            throw new LakeException(e);
        }
    }

    /** Starts a query, whose result is to be closed. */
    ResultSet open(String sql) {
        try {
            Statement statement = connection.createStatement();
            statement.closeOnCompletion();
            return statement.executeQuery(sql);
        } catch (SQLException e) {
            throw new LakeException(e);
        }
    }

    @Override
    public QueryRows query(String sql, int limit) {
        return query(sql, rows -> QueryRows.read(rows, limit));
    }

    @Override
    public List<LocalDate> daysOf(LakeTable table, String day) {
        return days("SELECT DISTINCT " + day + " FROM " + table.sqlName());
    }

    @Override
    public long recordsGivenUp() {
        return LakeErrors.count(folder.errors(), DeliveryForm.Failure.PROCESSING);
    }

    @Override
    public long rowsGivenUp() {
        return LakeErrors.count(folder.errors(), DeliveryForm.Failure.DELIVERY);
    }

    @Override
    public long export(String query, Path file, LakeFileFormat format) {
        String options =
                switch (format) {
                    case PARQUET -> "FORMAT parquet, COMPRESSION zstd";
                    case CSV -> "FORMAT csv, HEADER true";
                    case JSONL -> "FORMAT json";
                };
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    "COPY (%s) TO %s (%s, USE_TMP_FILE false)"
                            .formatted(query, text(file), options));
        } catch (SQLException e) {
            throw new LakeException(e);
        }
    }

    @Override
    public long number(String sql) {
        return query(
                sql,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
    }

    void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new LakeException(e);
        }
    }

    /**
     * Appends rows to arrivals, in one file for each day of receipt.
     *
     * @param lines rows as the function answers them, one JSON object each
     */
    public void append(List<byte[]> lines) {
        if (!lines.isEmpty()) {
            load(LakeTable.ARRIVALS, lines);
            for (LocalDate day : days("SELECT DISTINCT CAST(received_at AS date) FROM loaded")) {
                copy(
                        "SELECT * FROM loaded WHERE CAST(received_at AS date) = DATE '"
                                + day
                                + "' ORDER BY pseudonym, sequence",
                        LakeFolder.next(folder.of(LakeTable.ARRIVALS, day)));
            }
            run("DROP TABLE loaded");
            refresh();
        }
    }

    /** Replaces the items by those of the catalogue, each a line. */
    public void replaceItems(List<byte[]> lines) {
        if (lines.isEmpty()) {
            LakeFolder.delete(LakeFolder.files(folder.of(LakeTable.ITEMS)));
        } else {
            load(LakeTable.ITEMS, lines);
            copy(
                    "SELECT n.* REPLACE (coalesce(o.valid_from, n.valid_from) AS valid_from)"
                            + " FROM loaded n LEFT JOIN items o"
                            + " ON o.item_id = n.item_id AND o.version = n.version"
                            + " ORDER BY n.item_id",
                    LakeFolder.settled(folder.of(LakeTable.ITEMS)));
            run("DROP TABLE loaded");
        }
        refresh();
    }

    /** Reads lines of JSON into the table {@code loaded}, with the columns of a table. */
    private void load(LakeTable table, List<byte[]> lines) {
        Path file = folder.path().resolve("tmp").resolve(table.sqlName() + ".jsonl");
        LakeFolder.replace(
                file,
                fresh -> {
                    try (var out = Files.newOutputStream(fresh)) {
                        for (byte[] line : lines) {
                            out.write(line);
                        }
                    }
                });
        run(
                """
                CREATE TEMP TABLE loaded AS
                SELECT %s FROM read_json(%s, format = 'newline_delimited', columns = {%s})
                """
                        .formatted(
                                columns(table, LocalLake::converted),
                                text(file),
                                columns(table, LocalLake::loaded)));
        LakeFolder.delete(List.of(file));
    }

    /** Returns the type of a column in JSON, where a time is a number of microseconds. */
    private static String loaded(Column column) {
        boolean time = column.type() == ColumnType.TIME;
        return "%s: '%s'".formatted(quoted(column), time ? "BIGINT" : column.type().duckdb());
    }

    private static String converted(Column column) {
        return column.type() == ColumnType.TIME
                ? "make_timestamp(%s) AS %s".formatted(quoted(column), quoted(column))
                : quoted(column);
    }

    @Override
    public Settled settle(Instant now, int keptDays) {
        Settled[] settled = {Settled.NOTHING};
        folder.exclusively(
                () -> {
                    refresh();
                    Settled changed =
                            insertAll(LakeTable.ERASURES).plus(insertAll(LakeTable.MERGES));
                    for (LakeTable table : LakeTable.ofPeople()) {
                        changed = changed.plus(erase(table));
                    }
                    List<LocalDate> occurred =
                            days(
                                    "SELECT DISTINCT CAST(occurred_at AS date) FROM arrivals"
                                            + " WHERE occurred_at IS NOT NULL");
                    for (LakeTable table : List.of(LakeTable.INTERACTIONS, LakeTable.EXPOSURES)) {
                        changed = changed.plus(insertDays(table, occurred, now, keptDays));
                    }
                    settled[0] = changed.plus(expire(now, keptDays));
                });
        refresh();
        return settled[0];
    }

    /** Inserts into a table without days. */
    private Settled insertAll(LakeTable table) {
        long inserted = incoming(table, SqlRange.EVER);
        if (inserted > 0) {
            copy(
                    "SELECT * FROM " + table.sqlName() + " UNION ALL SELECT * FROM incoming",
                    LakeFolder.settled(folder.of(table)));
            refresh();
        }
        return new Settled(inserted, 0, inserted > 0 ? 1 : 0, 0);
    }

    /**
     * Inserts into a table of days, by ranges of as many days as Athena takes at once, from the
     * first to the last day of what arrived.
     *
     * @param occurred the days of what arrived, in order
     */
    private Settled insertDays(
            LakeTable table, List<LocalDate> occurred, Instant now, int keptDays) {
        if (occurred.isEmpty()) {
            return Settled.NOTHING;
        }
        Settled settled = Settled.NOTHING;
        LocalDate first = latest(day(now).minusDays(keptDays), occurred.getFirst());
        LocalDate end = earliest(day(now), occurred.getLast().minusDays(1)).plusDays(2);
        for (LocalDate from = first; from.isBefore(end); from = from.plusDays(SqlRange.MAX_DAYS)) {
            LocalDate to = earliest(from.plusDays(SqlRange.MAX_DAYS), end);
            long inserted = incoming(table, SqlRange.days(from, to));
            List<LocalDate> days =
                    inserted == 0 ? List.of() : days("SELECT DISTINCT occurred_day FROM incoming");
            for (LocalDate day : days) {
                Path file = LakeFolder.settled(folder.of(table, day));
                String arrived = "SELECT * FROM incoming WHERE occurred_day = DATE '" + day + "'";
                copy(
                        Files.exists(file)
                                ? "SELECT * FROM read_parquet("
                                        + text(file)
                                        + ", hive_partitioning = false) UNION ALL BY NAME "
                                        + arrived
                                : arrived,
                        file);
            }
            settled = settled.plus(new Settled(inserted, 0, days.size(), 0));
        }
        refresh();
        return settled;
    }

    /** Makes the table {@code incoming} of what is to be inserted, and returns its rows. */
    private long incoming(LakeTable table, SqlRange occurred) {
        String same =
                table.key().stream()
                        .map(column -> "t." + column.name() + " = s." + column.name())
                        .collect(Collectors.joining(" AND "));
        run(
                """
                CREATE OR REPLACE TEMP TABLE incoming AS SELECT * FROM (
                %s
                ) s WHERE NOT EXISTS (SELECT 1 FROM %s t WHERE %s)"""
                        .formatted(
                                LakeSql.settled(table, SqlRange.EVER, occurred),
                                table.sqlName(),
                                same));
        return number("SELECT count(*) FROM incoming");
    }

    /** Rewrites the files of a table that hold rows of erased people. */
    private Settled erase(LakeTable table) {
        run(
                "CREATE OR REPLACE TEMP TABLE gone AS SELECT DISTINCT erased_position FROM (\n"
                        + LakeSql.erased(table)
                        + "\n)");
        if (number("SELECT count(*) FROM gone") == 0) {
            return Settled.NOTHING;
        }
        Settled settled = Settled.NOTHING;
        for (Path file : LakeFolder.files(folder.of(table))) {
            String rows =
                    " FROM read_parquet(" + text(file) + ", hive_partitioning = false) WHERE ";
            String erased = "concat(shard, sequence) IN (SELECT erased_position FROM gone)";
            long count = number("SELECT count(*)" + rows + erased);
            if (count > 0) {
                String kept = rows + "NOT (" + erased + ")";
                if (number("SELECT count(*)" + kept) == 0) {
                    LakeFolder.delete(List.of(file));
                } else {
                    copy("SELECT *" + kept, file);
                }
                settled = settled.plus(new Settled(0, count, 1, 0));
            }
        }
        refresh();
        return settled;
    }

    private Settled expire(Instant now, int keptDays) {
        int expired = 0;
        for (LakeTable table : LakeTable.values()) {
            if (table.partition() == Partition.NONE) {
                continue;
            }
            LocalDate first =
                    day(now).minusDays(table == LakeTable.ARRIVALS ? ARRIVAL_DAYS : keptDays);
            for (LocalDate day : folder.days(table)) {
                if (day.isBefore(first)) {
                    LakeFolder.delete(LakeFolder.files(folder.of(table, day)));
                    expired++;
                }
            }
        }
        String old =
                "erased_at < " + SqlRange.days(day(now).minusDays(ERASURE_DAYS), day(now)).from();
        if (number("SELECT count(*) FROM erasures WHERE " + old) > 0) {
            copy(
                    "SELECT * FROM erasures WHERE NOT (" + old + ")",
                    LakeFolder.settled(folder.of(LakeTable.ERASURES)));
            expired++;
        }
        LakeErrors.removeRows(folder.errors(), now.minus(Duration.ofDays(ARRIVAL_DAYS)));
        return new Settled(0, 0, 0, expired);
    }

    /** Writes the rows of a query to a Parquet file, whole. */
    private void copy(String query, Path file) {
        LakeFolder.replace(
                file,
                fresh ->
                        run(
                                "COPY (%s) TO %s (FORMAT parquet, COMPRESSION zstd)"
                                        .formatted(query, text(fresh))));
    }

    private List<LocalDate> days(String query) {
        return query(
                query + " ORDER BY 1",
                rows -> {
                    List<LocalDate> days = new ArrayList<>();
                    while (rows.next()) {
                        days.add(rows.getObject(1, LocalDate.class));
                    }
                    return days;
                });
    }

    private static LocalDate earliest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    private static LocalDate latest(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? other : one;
    }

    private static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Returns a path as text in SQL. */
    static String text(Path path) {
        return "'" + path.toString().replace("'", "''") + "'";
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new LakeException(e);
        }
    }
}
