package dev.freshet.infra;

import dev.freshet.lake.Column;
import dev.freshet.lake.Column.ColumnType;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.LakeTable.Partition;
import dev.freshet.lake.SqlRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that Athena runs for the lake: once to make the tables, and each night. Those of
 * the night contain {@code :days} for a number of days, {@code :today} for the day on which it
 * looks how far the delivery has come, and {@code :from} and {@code :to} for the first day of a
 * range and the day after its last.
 */
final class LakeStatements {
    /** The table of the rows that come of records that Firehose could not deliver. */
    static final String STAGED = "staged";

    /** The table of the rows of the last copy of the catalogue. */
    static final String COPIED = "copied_items";

    /** The days for which arrivals are kept. */
    static final int ARRIVALS_DAYS = 14;

    /** The days after an erasure in which rows of the person that arrive late are deleted. */
    static final int ERASURE_DAYS = 35;

    private static final SqlRange RECEIVED =
            new SqlRange(
                    "date_add('day', -:days, current_date)", "date_add('day', 2, current_date)");

    private static final SqlRange OCCURRED = new SqlRange("DATE ':from'", "DATE ':to'");

    private static final String TODAY = "TIMESTAMP ':today 00:00:00.000000'";

    private LakeStatements() {}

    /** Returns the statements that make the tables and views, in their order. */
    static List<String> definitions(LakeStorage lake) {
        List<String> definitions = new ArrayList<>();
        for (LakeTable table : LakeTable.values()) {
            definitions.add(table.athenaDefinition(lake.databaseName, lake.address(table)));
        }
        definitions.add(external(lake, STAGED, LakeTable.ARRIVALS, LakeStorage.STAGING_PREFIX));
        definitions.add(external(lake, COPIED, LakeTable.ITEMS, LakeStorage.ITEMS_PREFIX));
        LakeSql.views(LakeSql.Engine.ATHENA)
                .forEach((name, query) -> definitions.add(LakeSql.createView(name, query)));
        return definitions;
    }

    /** Returns the names of all tables and views. */
    static List<String> names() {
        List<String> names = new ArrayList<>(all().map(LakeTable::sqlName).toList());
        names.add(STAGED);
        names.add(COPIED);
        names.addAll(LakeSql.views(LakeSql.Engine.ATHENA).keySet());
        return names;
    }

    /**
     * Returns the statements of a night by the name of their step.
     *
     * @param lakeDays the days for which interactions and lists are kept
     * @param kAnonymity number of different people who have to be behind a count of an answer
     */
    static Map<String, Object> night(int lakeDays, int kAnonymity) {
        Map<String, Object> steps = new LinkedHashMap<>();
        steps.put("staged", insertStaged());
        steps.put("people", settled(Partition.NONE));
        steps.put("days", days(lakeDays));
        steps.put("byDays", settled(Partition.OCCURRED_DAY));
        steps.put("erasures", erasures());
        steps.put(
                "erase",
                LakeTable.ofPeople().stream()
                        .map(table -> LakeSql.eraseInAthena(table, TODAY))
                        .toList());
        steps.put("expire", expire(lakeDays));
        steps.put("items", List.of(mergeItems(), forgetItems()));
        steps.put("answers", answers(kAnonymity));
        steps.put("vacuum", all().map(table -> "VACUUM " + table.sqlName()).toList());
        List<LakeTable> undated = new ArrayList<>(LakeTable.ofPeople());
        undated.removeIf(table -> table.partition() == Partition.OCCURRED_DAY);
        undated.add(LakeTable.ITEMS);
        steps.put("rewrite", undated.stream().map(LakeStatements::rewrite).toList());
        String range =
                " WHERE occurred_day >= %s AND occurred_day < %s"
                        .formatted(OCCURRED.from(), OCCURRED.to());
        steps.put(
                "rewriteDays",
                LakeTable.ofPeople().stream()
                        .filter(table -> table.partition() == Partition.OCCURRED_DAY)
                        .map(table -> rewrite(table) + range)
                        .toList());
        return steps;
    }

    /** Returns the named queries that a night asks, with the keys of their results. */
    private static List<SortedMap<String, String>> answers(int kAnonymity) {
        return LakeAnswers.QUERIES.stream()
                .<SortedMap<String, String>>map(
                        query ->
                                new TreeMap<>(
                                        Map.of(
                                                "key", LakeAnswers.key(query),
                                                "sql", LakeAnswers.sql(query, kAnonymity))))
                .toList();
    }

    private static Stream<LakeTable> all() {
        return Stream.of(LakeTable.values());
    }

    private static List<String> settled(Partition partition) {
        return LakeTable.settled().stream()
                .filter(table -> table.partition() == partition)
                .map(table -> LakeSql.settleInAthena(table, RECEIVED, OCCURRED))
                .toList();
    }

    /** Returns the query of the first and the last day of the arrivals that are kept. */
    private static String days(int lakeDays) {
        String day = "CAST(occurred_at AS date)";
        SqlRange kept = SqlRange.daysAgo(lakeDays, -2);
        return """
               SELECT CAST(min(%1$s) AS varchar), CAST(max(%1$s) AS varchar)
               FROM arrivals
               WHERE received_at >= %2$s AND received_at < %3$s
                   AND %1$s >= %4$s AND %1$s < %5$s"""
                .formatted(day, RECEIVED.from(), RECEIVED.to(), kept.from(), kept.to());
    }

    private static String erasures() {
        return "SELECT count(*) FROM erasures WHERE erased_at >= "
                + SqlRange.daysAgo(ERASURE_DAYS, 0).from();
    }

    private static List<String> expire(int lakeDays) {
        List<String> statements = new ArrayList<>();
        statements.add(LakeSql.expireInAthena(LakeTable.ARRIVALS, ARRIVALS_DAYS));
        all().filter(table -> table.partition() == Partition.OCCURRED_DAY)
                .map(table -> LakeSql.expireInAthena(table, lakeDays))
                .forEach(statements::add);
        return statements;
    }

    private static String rewrite(LakeTable table) {
        return "OPTIMIZE " + table.sqlName() + " REWRITE DATA USING BIN_PACK";
    }

    /** Returns the definition of a table over rows as JSON, whose times are microseconds. */
    private static String external(LakeStorage lake, String name, LakeTable rows, String prefix) {
        Function<Column, String> definition =
                column -> {
                    ColumnType type = isTime(column) ? ColumnType.LONG : column.type();
                    return "  `%s` %s".formatted(column.name(), type.athena());
                };
        String columns = joined(rows.columns(), definition, ",\n");
        return """
               CREATE EXTERNAL TABLE IF NOT EXISTS `%s`.`%s` (
               %s)
               ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
               LOCATION '%s'"""
                .formatted(lake.databaseName, name, columns, lake.address(prefix));
    }

    private static String insertStaged() {
        List<Column> columns = LakeTable.ARRIVALS.columns();
        return "INSERT INTO arrivals (%s)\nSELECT %s\nFROM %s"
                .formatted(
                        LakeTable.names(columns),
                        joined(columns, LakeStatements::value, ", "),
                        STAGED);
    }

    /**
     * Returns the statement that brings the copied items into their table: what is new, and what
     * has another version. An item that was copied twice counts with its higher version.
     */
    private static String mergeItems() {
        List<Column> columns = LakeTable.ITEMS.columns();
        List<Column> changing = new ArrayList<>(columns);
        changing.removeAll(LakeTable.ITEMS.key());
        Function<Column, String> copied =
                column -> value(column) + (isTime(column) ? " AS " + column.name() : "");
        return """
               MERGE INTO %s t USING (
               SELECT %s
               FROM (
                   SELECT %s,
                       row_number() OVER (PARTITION BY item_id ORDER BY version DESC, valid_from) AS nth
                   FROM %s)
               WHERE nth = 1
               ) s
               ON t.item_id = s.item_id
               WHEN MATCHED AND t.version <> s.version THEN UPDATE SET %s
               WHEN NOT MATCHED THEN INSERT (%s)
               VALUES (%s)"""
                .formatted(
                        LakeTable.ITEMS.sqlName(),
                        LakeTable.names(columns),
                        joined(columns, copied, ", "),
                        COPIED,
                        joined(changing, column -> column.name() + " = s." + column.name(), ", "),
                        LakeTable.names(columns),
                        joined(columns, column -> "s." + column.name(), ", "));
    }

    /** Returns the statement that deletes the items that the catalogue no longer has. */
    private static String forgetItems() {
        return "DELETE FROM %s\nWHERE item_id NOT IN (SELECT item_id FROM %s)"
                .formatted(LakeTable.ITEMS.sqlName(), COPIED);
    }

    /** Returns the value of a column of rows as JSON. */
    private static String value(Column column) {
        return isTime(column)
                ? "CAST(from_unixtime_nanos(%s * 1000) AS timestamp(6))".formatted(column.name())
                : column.name();
    }

    private static String joined(
            List<Column> columns, Function<Column, String> text, String separator) {
        return columns.stream().map(text).collect(Collectors.joining(separator));
    }

    private static boolean isTime(Column column) {
        return column.type() == ColumnType.TIME;
    }
}
