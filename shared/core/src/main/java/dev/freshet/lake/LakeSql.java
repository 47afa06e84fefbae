package dev.freshet.lake;

import dev.freshet.features.StoredExposure;
import dev.freshet.lake.Column.ColumnType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements over the lake. What is to be in a table, and what is to be deleted from one, is
 * one {@code SELECT} for both engines; Athena runs it within {@code MERGE} and {@code DELETE}, a
 * local lake within {@code COPY}. Functions have Trino's names, and {@link #DUCKDB_MACROS} define
 * those that DuckDB lacks.
 */
public final class LakeSql {
    /** Definitions of the functions that statements use and DuckDB has under other names. */
    public static final List<String> DUCKDB_MACROS =
            List.of(
                    "CREATE MACRO to_utf8(text) AS text",
                    "CREATE MACRO to_hex(digest) AS digest", // DuckDB's digests are texts
                    "CREATE MACRO approx_percentile(x, share) AS"
                            + " approx_quantile(x, CAST(share AS FLOAT))",
                    "CREATE MACRO approx_distinct(x) AS approx_count_distinct(x)",
                    "CREATE MACRO cardinality(list) AS len(list)",
                    "CREATE MACRO json_extract_scalar(json, path) AS"
                            + " json_extract_string(json, path)",
                    "CREATE MACRO date_add(unit, n, day) AS CAST(day + to_days(n) AS DATE)",
                    // Whole units: DuckDB's function of the name counts their boundaries.
                    "CREATE MACRO date_diff(unit, since, until) AS date_sub(unit, since, until)");

    private static final Pattern NAME = Pattern.compile("\\{([a-z_]+)}");

    private LakeSql() {}

    /** The engines, which differ in how an array becomes rows, JSON or a product. */
    public enum Engine {
        ATHENA,
        DUCKDB;

        /** Returns the expression of a list or of places as JSON. */
        String json(String column) {
            return switch (this) {
                case ATHENA -> "json_format(CAST(" + column + " AS json))";
                case DUCKDB -> "CAST(to_json(" + column + ") AS varchar)";
            };
        }

        /** Returns the expression of the inner product of two lists of numbers. */
        String product(String left, String right) {
            return switch (this) {
                case ATHENA ->
                        ("reduce(zip_with(%s, %s, (x, y) -> CAST(x AS double) * CAST(y AS double)),"
                                        + " 0e0, (s, x) -> s + x, s -> s)")
                                .formatted(left, right);
                case DUCKDB ->
                        "list_dot_product(CAST(%s AS DOUBLE[]), CAST(%s AS DOUBLE[]))"
                                .formatted(left, right);
            };
        }
    }

    /**
     * Returns the query of what is to be in a settled table of what arrived.
     *
     * @param received when it arrived
     * @param occurred days on which it occurred; without effect on a table without partitions
     */
    public static String settled(LakeTable table, SqlRange received, SqlRange occurred) {
        return resource(
                "settle",
                Map.of(
                        "columns",
                        LakeTable.names(table.allColumns()),
                        "key",
                        table.key().stream()
                                .map(column -> "a." + column.name())
                                .collect(Collectors.joining(", ")),
                        "kinds",
                        table.kinds().stream()
                                .map(kind -> "'" + kind.sqlName() + "'")
                                .collect(Collectors.joining(", ")),
                        "received_from",
                        received.from(),
                        "received_to",
                        received.to(),
                        "erased",
                        erased(LakeTable.ARRIVALS),
                        "within",
                        isDivided(table) ? within("", occurred) : ""));
    }

    /**
     * Returns Athena's statement that settles a table: it inserts what is not there, so that a
     * second run changes nothing.
     */
    public static String settleInAthena(LakeTable table, SqlRange received, SqlRange occurred) {
        List<Column> matched = new ArrayList<>(table.key());
        if (isDivided(table)) {
            matched.add(Column.OCCURRED_DAY);
        }
        String names = LakeTable.names(table.allColumns());
        String values =
                table.allColumns().stream()
                        .map(column -> "s." + column.name())
                        .collect(Collectors.joining(", "));
        return "MERGE INTO %s t USING (\n%s\n) s\nON %s%s\nWHEN NOT MATCHED THEN INSERT (%s)\nVALUES (%s)"
                .formatted(
                        table.sqlName(),
                        settled(table, received, occurred),
                        same(matched),
                        isDivided(table) ? within("t.", occurred) : "",
                        names,
                        values);
    }

    /** Returns the condition that the rows t and s agree in columns. */
    static String same(List<Column> columns) {
        return columns.stream()
                .map(column -> "t." + column.name() + " = s." + column.name())
                .collect(Collectors.joining(" AND "));
    }

    /** Returns the query of the positions, shard and sequence as one text, of erased rows. */
    public static String erased(LakeTable table) {
        return erased(table, LakeTable.ERASURES.sqlName());
    }

    /** Returns the same query of rows that an erasure will cover too that only arrived so far. */
    static String erasable(LakeTable table) {
        String columns = "erased, erased_at, shard, sequence";
        return erased(
                table,
                "(SELECT %s FROM %s UNION ALL SELECT %s FROM %s WHERE kind = '%s')"
                        .formatted(
                                columns,
                                LakeTable.ERASURES.sqlName(),
                                columns,
                                LakeTable.ARRIVALS.sqlName(),
                                LakeTable.RowKind.ERASURE.sqlName()));
    }

    private static String erased(LakeTable table, String erasures) {
        return Stream.of(Column.PSEUDONYM, Column.MERGED_INTO)
                .filter(table.columns()::contains)
                .map(
                        person ->
                                resource(
                                        "erased",
                                        Map.of(
                                                "table",
                                                table.sqlName(),
                                                "person",
                                                person.name(),
                                                "erasures",
                                                erasures)))
                .collect(Collectors.joining("\nUNION ALL\n"));
    }

    /**
     * Returns Athena's statement that deletes the rows of erased people.
     *
     * @param before as {@link #deletable} takes it
     */
    public static String eraseInAthena(LakeTable table, String before) {
        return "DELETE FROM %s\nWHERE %s".formatted(table.sqlName(), deletable(table, before));
    }

    /**
     * Returns the condition of the rows of erased people that a deletion removes. Of arrivals it
     * leaves the latest to the next one: Iceberg refuses a deletion if files were appended
     * meanwhile whose rows it might concern, and Firehose appends all the time.
     *
     * @param before when the first arrivals were received that are left, an expression
     */
    public static String deletable(LakeTable table, String before) {
        String received = table == LakeTable.ARRIVALS ? "received_at < " + before + " AND " : "";
        return received + "concat(shard, sequence) IN (\n" + erased(table) + "\n)";
    }

    /**
     * Returns the condition of rows that are kept no longer.
     *
     * @param day the first that is kept, an expression
     */
    public static String expired(LakeTable table, String day) {
        return (isDivided(table) ? "occurred_day" : "received_at") + " < " + day;
    }

    /** Returns Athena's statement that deletes what is older than so many days. */
    public static String expireInAthena(LakeTable table, int days) {
        return "DELETE FROM %s\nWHERE %s"
                .formatted(table.sqlName(), expired(table, SqlRange.daysAgo(days, 0).from()));
    }

    /** Returns the views by name, in the order in which they are to be created. */
    public static Map<String, String> views(Engine engine) {
        String columns = LakeTable.names(LakeTable.INTERACTIONS.allColumns());
        Map<String, String> views = new LinkedHashMap<>();
        views.put(
                "interactions_now",
                resource(
                        "view/interactions_now",
                        Map.of(
                                "columns",
                                columns,
                                "settle",
                                settled(LakeTable.INTERACTIONS, SqlRange.EVER, SqlRange.EVER))));
        views.put("standing", standing("interactions_now", SqlRange.EVER.from()));
        views.put("people", people("standing"));
        views.put(
                "shown",
                resource(
                        "view/shown",
                        switch (engine) {
                            case ATHENA ->
                                    Map.of(
                                            "without_token",
                                            StoredExposure.WITHOUT_TOKEN,
                                            "fields",
                                            "t.item_id, t.position, t.propensity, t.sources",
                                            "names",
                                            String.join(", ", ColumnType.PLACES.fields()));
                            case DUCKDB ->
                                    Map.of(
                                            "without_token",
                                            StoredExposure.WITHOUT_TOKEN,
                                            "fields",
                                            "t.place.item_id, t.place.\"position\","
                                                    + " t.place.propensity, t.place.sources",
                                            "names",
                                            "place");
                        }));
        views.put(
                "item_similarities",
                resource(
                        "view/item_similarities",
                        Map.of(
                                "both", engine.product("a.vector", "b.vector"),
                                "left", engine.product("a.vector", "a.vector"),
                                "right", engine.product("b.vector", "b.vector"))));
        return views;
    }

    /**
     * Returns the query of interactions that were not taken back.
     *
     * @param interactions the table or view of all
     * @param since when a retraction was received at the earliest, an expression
     */
    static String standing(String interactions, String since) {
        return resource("view/standing", Map.of("interactions", interactions, "since", since));
    }

    /**
     * Returns the query of interactions with the person.
     *
     * @param standing a view, or a query in parentheses
     */
    static String people(String standing) {
        return resource("view/people", Map.of("standing", standing));
    }

    /** Returns the statement that creates a view. */
    public static String createView(String name, String query) {
        return "CREATE OR REPLACE VIEW " + name + " AS\n" + query;
    }

    private static boolean isDivided(LakeTable table) {
        return table.partition() == LakeTable.Partition.OCCURRED_DAY;
    }

    private static String within(String row, SqlRange days) {
        return " AND %soccurred_day >= %s AND %soccurred_day < %s"
                .formatted(row, days.from(), row, days.to());
    }

    /** Returns a resource without its comments, with the values of its names. */
    static String resource(String name, Map<String, String> values) {
        String text =
                read("/dev/freshet/lake/" + name + ".sql")
                        .lines()
                        .filter(line -> !line.startsWith("--"))
                        .collect(Collectors.joining("\n"));
        return NAME.matcher(text)
                .replaceAll(
                        found -> {
                            String value = values.get(found.group(1));
                            if (value == null) {
                                throw new IllegalArgumentException(
                                        name + " needs " + found.group());
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    private static String read(String path) {
        try (InputStream in = LakeSql.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
