package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.lake.QueriedLake.LakeFileFormat;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The files with which the module {@code batch} compares Spark with DuckDB: rows by a seed, the
 * statements for Athena, and DuckDB's answers to the named queries. {@code -Dfreshet.update=true}
 * writes them anew.
 */
class SparkFixtureTest {
    private static final Path FILES = Path.of("../batch/src/test/resources/dev/freshet/batch");
    private static final SqlRange NOVEMBER =
            SqlRange.days(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01"));
    private static final String ITEM = "i3";

    @TempDir private Path folder;

    @Test
    void statementsAreThoseOfAthena() throws IOException {
        Map<String, String> statements = new LinkedHashMap<>();
        for (LakeTable table : LakeTable.values()) {
            statements.put(
                    "define " + table.sqlName(), table.athenaDefinition("freshet", "s3://lake/"));
        }
        LakeSql.views(LakeSql.Engine.ATHENA)
                .forEach(
                        (name, query) ->
                                statements.put("view " + name, LakeSql.createView(name, query)));
        LakeTable.settled()
                .forEach(
                        table ->
                                statements.put(
                                        "settle " + table.sqlName(),
                                        LakeSql.settleInAthena(table, SqlRange.EVER, NOVEMBER)));
        LakeTable.ofPeople()
                .forEach(
                        table ->
                                statements.put(
                                        "erase " + table.sqlName(),
                                        LakeSql.eraseInAthena(table, NOVEMBER.to())));
        for (NamedQuery query : NamedQuery.values()) {
            statements.put("query " + query.wireName(), query.sql(NOVEMBER, ITEM, 1));
        }
        List<String> lines = new ArrayList<>();
        statements.forEach(
                (name, statement) -> {
                    lines.add("-- " + name);
                    lines.add(statement);
                });
        assertHeld("statements.sql", lines);
    }

    @Test
    void answersAreThoseOfDuckDb() throws IOException {
        SeededRows rows = new SeededRows(1);
        List<String> answers = new ArrayList<>();
        try (LocalLake lake = new LocalLake(folder)) {
            rows.putInto(lake);
            job(lake, LakeTable.NEIGHBOURS, rows.neighbours);
            job(lake, LakeTable.ITEM_FACTORS, rows.factors);
            lake.refresh();
            for (NamedQuery query : NamedQuery.values()) {
                // DuckDB's threads add fractions in any order.
                List<String> answer =
                        lake.query(
                                query.sql(NOVEMBER, ITEM, 1),
                                result -> ResultLines.read(result, 10, "\t"));
                assertThat(answer).as(query.wireName()).isNotEmpty();
                answers.add("-- " + query.wireName());
                answers.addAll(answer);
            }
        }
        assertHeld("arrivals-settled.jsonl", rows.settled);
        assertHeld("arrivals-since.jsonl", rows.since);
        assertHeld("items.jsonl", rows.items);
        assertHeld("neighbours.jsonl", rows.neighbours);
        assertHeld("item_factors.jsonl", rows.factors);
        assertHeld("answers.tsv", answers);
    }

    /** Writes rows where a job writes them. */
    private void job(LocalLake lake, LakeTable table, List<String> rows) throws IOException {
        Path lines = Files.write(folder.resolve("rows.jsonl"), rows);
        Path job = Files.createDirectories(folder.resolve(table.sqlName()).resolve("job=j"));
        String types =
                table.allColumns().stream()
                        .map(column -> column.name() + ": '" + column.type().duckdb() + "'")
                        .collect(Collectors.joining(", "));
        lake.export(
                "SELECT * FROM read_json(%s, columns = {%s})"
                        .formatted(LocalLake.text(lines), types),
                job.resolve("part-0.parquet"),
                LakeFileFormat.PARQUET);
    }

    private static void assertHeld(String name, List<String> lines) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("freshet.update")) {
            Files.write(file, lines);
        }
        assertThat(Files.readString(file))
                .as("%s; -Dfreshet.update=true writes it anew", name)
                .isEqualTo(String.join("\n", lines) + "\n");
    }
}
