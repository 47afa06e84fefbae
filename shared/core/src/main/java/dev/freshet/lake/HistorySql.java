package dev.freshet.lake;

import dev.freshet.event.Context;
import dev.freshet.lake.LakeSql.Engine;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries by which a model is rebuilt from settled tables. Every column of their results is a
 * text.
 */
final class HistorySql {
    /** Days around a span within which the lists of its events are looked for. */
    static final int LIST_DAYS = 10;

    private static final List<Column> CONTEXT = Column.ofContext(Context.Text.LEARNED);

    /** The columns of an interaction, beside its context, that {@link #rows} has by their names. */
    private static final List<Column> OF_ACT =
            List.of(
                    Column.EVENT_ID,
                    Column.CORRECTED_AT,
                    Column.TYPE,
                    Column.TARGET_KIND,
                    Column.TARGET_ID,
                    Column.STRENGTH,
                    Column.CURRENCY,
                    Column.ANONYMOUS,
                    Column.RECOMMENDATION_ID,
                    Column.ISSUED_AT,
                    Column.PLACEMENT,
                    Column.ARM,
                    Column.SEGMENT,
                    Column.SOURCES);

    /** The columns of {@link #rows}, in order. */
    static final List<String> COLUMNS =
            Stream.of(
                            Stream.of("kind", "shard", "sequence", "received", "pseudonym"),
                            Stream.of("own_shard", "own_sequence", "own_received"),
                            OF_ACT.stream().map(Column::name),
                            CONTEXT.stream().map(Column::name),
                            Stream.of("amount", "place", "listed", "seen", "clicked_before"),
                            Stream.of("places", "merged_into"))
                    .flatMap(Function.identity())
                    .toList();

    private static final List<LakeTable> TABLES =
            List.of(LakeTable.INTERACTIONS, LakeTable.EXPOSURES, LakeTable.MERGES);

    private HistorySql() {}

    /**
     * Returns the query of the hours of receipt that have rows, by shard: the hour, the shard, the
     * last sequence number and the number of rows.
     */
    static String hours(SqlRange received) {
        return """
               SELECT substr(CAST(date_trunc('hour', received_at) AS varchar), 1, 13) AS received_hour,
                   shard, max(sequence) AS last_sequence, CAST(count(*) AS varchar) AS row_count
               FROM (
               %s
               ) r
               WHERE received_at >= %s AND received_at < %s
               GROUP BY 1, 2
               ORDER BY 1, 2"""
                .formatted(
                        TABLES.stream()
                                .map(
                                        table ->
                                                "SELECT received_at, shard, sequence FROM "
                                                        + table.sqlName())
                                .collect(Collectors.joining("\nUNION ALL\n")),
                        received.from(),
                        received.to());
    }

    /**
     * Returns the query of the number of arrivals that are not settled.
     *
     * @param received when they arrived
     * @param occurred when they occurred: what is older than rows are kept is settled nowhere
     */
    static String unsettled(SqlRange received, SqlRange occurred) {
        return "SELECT CAST(sum(missing) AS varchar) AS missing\nFROM (\n"
                + TABLES.stream()
                        .map(
                                table ->
                                        "SELECT count(*) AS missing FROM (\n"
                                                + LakeSql.settled(table, received, occurred)
                                                + "\n) s WHERE NOT EXISTS (SELECT 1 FROM "
                                                + table.sqlName()
                                                + " t WHERE "
                                                + LakeSql.same(table.key())
                                                + ")")
                        .collect(Collectors.joining("\nUNION ALL\n"))
                + "\n) m";
    }

    /**
     * Returns the query of the rows of a span, in the order in which they are learned: that of the
     * records in each shard, and that of their receipt among shards.
     *
     * @param keptDays how long rows of interactions were kept, which a retraction may refer to
     * @param clickWindow how long after its issue a list is clicked in time
     */
    static String rows(Engine engine, LakeSpan span, int keptDays, Duration clickWindow) {
        SqlRange near = near(span, LIST_DAYS);
        return "SELECT %s\nFROM (\nSELECT r.*, max(received) OVER (PARTITION BY shard ORDER BY sequence) AS arrived\nFROM (\n%s\n) r\n) o\nORDER BY arrived, shard, sequence, kind"
                .formatted(
                        String.join(", ", COLUMNS),
                        String.join(
                                "\nUNION ALL\n",
                                interactions(engine, span, near, clickWindow),
                                retractions(span, keptDays),
                                earlierClicks(span, near),
                                exposures(engine, span),
                                merges(span)));
    }

    private static String interactions(
            Engine engine, LakeSpan span, SqlRange near, Duration clickWindow) {
        Map<String, String> values = act("interaction", "i", "i");
        values.put("listed", engine.json("i.listed"));
        values.put(
                "seen",
                text(
                        "CASE WHEN i.recommendation_id IS NULL THEN false ELSE %s END"
                                .formatted(
                                        exists(
                                                "exposures",
                                                "i",
                                                near,
                                                "x.sequence < i.sequence"))));
        values.put(
                "clicked_before",
                text(
                        "CASE WHEN i.recommendation_id IS NULL OR i.type <> 'click' THEN false ELSE %s END"
                                .formatted(
                                        exists(
                                                "interactions",
                                                "i",
                                                near,
                                                "x.type = 'click' AND x.retracts IS NULL AND x.sequence < i.sequence"
                                                        + " AND x.corrected_at < x.issued_at + INTERVAL '"
                                                        + (clickWindow.toSeconds() + 1)
                                                        + "' SECOND"))));
        return select(values, "interactions i", "i.retracts IS NULL AND " + span.condition("i"));
    }

    /** Returns the query of interactions that are taken back, each by its first retraction. */
    private static String retractions(LakeSpan span, int keptDays) {
        Map<String, String> values = act("retraction", "n", "t");
        values.put("effective", "t.retracts IS NULL AND t.sequence < n.sequence");
        values.put(
                "nth",
                "row_number() OVER (PARTITION BY n.shard, n.sequence ORDER BY t.corrected_at)");
        return """
               SELECT %s
               FROM (
               %s
               ) f
               WHERE nth = 1 AND effective"""
                .formatted(
                        String.join(", ", COLUMNS),
                        select(
                                values,
                                "interactions n JOIN interactions t"
                                        + " ON t.pseudonym = n.pseudonym AND t.event_id = n.retracts",
                                "n.retracts IS NOT NULL AND %s AND t.occurred_day >= %s"
                                                .formatted(
                                                        span.condition("n"),
                                                        near(span, keptDays).from())
                                        + " AND NOT EXISTS (SELECT 1 FROM interactions x"
                                        + " WHERE x.pseudonym = n.pseudonym"
                                        + " AND x.retracts = n.retracts AND x.sequence < n.sequence)"));
    }

    /** Returns the query of clicks that came before the list that they name. */
    private static String earlierClicks(LakeSpan span, SqlRange near) {
        Map<String, String> values = act("click", "e", "i");
        return select(
                values,
                "exposures e JOIN interactions i ON i.pseudonym = e.pseudonym"
                        + " AND i.recommendation_id = e.recommendation_id"
                        + " AND i.issued_at = e.occurred_at",
                span.condition("e")
                        + " AND i.type = 'click' AND i.retracts IS NULL AND i.sequence < e.sequence"
                        + within("i", near));
    }

    private static String exposures(Engine engine, LakeSpan span) {
        Map<String, String> values = position("exposure", "e");
        copy(
                values,
                "e",
                List.of(
                        Column.EVENT_ID,
                        Column.CORRECTED_AT,
                        Column.RECOMMENDATION_ID,
                        Column.PLACEMENT,
                        Column.ARM,
                        Column.SEGMENT));
        copy(values, "e", CONTEXT);
        values.put("issued_at", text("e.occurred_at"));
        values.put("sources", text("e.model_version"));
        values.put("places", engine.json("e.places"));
        return select(values, "exposures e", span.condition("e"));
    }

    private static String merges(LakeSpan span) {
        Map<String, String> values = position("merge", "m");
        copy(values, "m", List.of(Column.CORRECTED_AT, Column.MERGED_INTO));
        return select(values, "merges m", span.condition("m"));
    }

    private static Map<String, String> position(String kind, String row) {
        Map<String, String> values = new LinkedHashMap<>();
        COLUMNS.forEach(column -> values.put(column, "CAST(NULL AS varchar)"));
        values.put("kind", "'" + kind + "'");
        values.put("received", text(row + ".received_at"));
        copy(values, row, List.of(Column.SHARD, Column.SEQUENCE, Column.PSEUDONYM));
        return values;
    }

    /**
     * Returns the values of an interaction.
     *
     * @param row whose record is learned
     * @param act the interaction that it is about
     */
    private static Map<String, String> act(String kind, String row, String act) {
        Map<String, String> values = position(kind, row);
        values.put("own_shard", act + ".shard");
        values.put("own_sequence", act + ".sequence");
        values.put("own_received", text(act + ".received_at"));
        copy(values, act, OF_ACT);
        copy(values, act, CONTEXT);
        values.put("amount", text(act + ".value"));
        values.put("place", text(act + "." + '"' + "position" + '"'));
        return values;
    }

    /** Takes columns of a row under their own names. */
    private static void copy(Map<String, String> values, String row, List<Column> columns) {
        columns.forEach(column -> values.put(column.name(), text(row + "." + column.name())));
    }

    private static String select(Map<String, String> values, String from, String where) {
        return "SELECT "
                + values.entrySet().stream()
                        .map(value -> value.getValue() + " AS " + value.getKey())
                        .collect(Collectors.joining(", "))
                + "\nFROM "
                + from
                + "\nWHERE "
                + where;
    }

    /** Returns whether a table has a row of the same list. */
    private static String exists(String table, String row, SqlRange near, String condition) {
        return "EXISTS (SELECT 1 FROM %s x WHERE x.pseudonym = %s.pseudonym AND x.recommendation_id = %s.recommendation_id AND %s%s)"
                .formatted(table, row, row, condition, within("x", near));
    }

    private static String within(String row, SqlRange days) {
        return " AND %s.occurred_day >= %s AND %s.occurred_day < %s"
                .formatted(row, days.from(), row, days.to());
    }

    private static SqlRange near(LakeSpan span, int days) {
        return SqlRange.days(
                day(span.from()).minusDays(days), day(span.to()).plusDays(LIST_DAYS + 1L));
    }

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static String text(String expression) {
        return "CAST(" + expression + " AS varchar)";
    }
}
