package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The statements of the lake on Iceberg tables by Spark, on rows of which DuckDB's answers are. */
class IcebergLakeTest {
    private static final List<String> SETTLED =
            List.of("interactions", "exposures", "merges", "erasures");

    @TempDir private static Path warehouse;
    private static IcebergLake lake;
    private static Map<String, List<String>> once;
    private static Map<String, List<String>> thrice;

    @BeforeAll
    static void fill() throws IOException {
        lake = new IcebergLake(warehouse);
        lake.fill();
        lake.settle();
        once = tables();
        lake.settle();
        lake.settle();
        thrice = tables();
        lake.append("arrivals", IcebergLake.lines("arrivals-since.jsonl"));
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    private static Map<String, List<String>> tables() {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        SETTLED.forEach(table -> tables.put(table, lake.rows(table)));
        return tables;
    }

    private static long number(String query) {
        return lake.spark.sql(query).first().getLong(0);
    }

    @Test
    void settlingThreeTimesChangesNothing() {
        assertThat(thrice).isEqualTo(once);
        once.forEach((table, rows) -> assertThat(rows).as(table).isNotEmpty());
    }

    @Test
    void aTableIsDividedByTheDayOfItsRows() {
        assertThat(number("SELECT count(*) FROM lake.freshet.interactions.partitions"))
                .isEqualTo(number("SELECT count(DISTINCT occurred_day) FROM interactions"))
                .isGreaterThan(10);
        assertThat(number("SELECT count(*) FROM lake.freshet.arrivals.partitions"))
                .isEqualTo(
                        number("SELECT count(DISTINCT CAST(received_at AS date)) FROM arrivals"));
    }

    static Stream<String> queries() throws IOException {
        return IcebergLake.lines("answers.tsv").stream()
                .filter(line -> line.startsWith("-- "))
                .map(line -> line.substring("-- ".length()));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aNamedQueryAnswersAsDuckDbDoes(String query) throws IOException {
        List<String> lines = IcebergLake.lines("answers.tsv");
        List<List<String>> expected =
                lines.subList(lines.indexOf("-- " + query) + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith("-- "))
                        .map(line -> Arrays.asList(line.split("\t", -1)))
                        .sorted(IcebergLakeTest::byTexts)
                        .toList();
        List<Row> answer =
                lake.run("query " + query).collectAsList().stream()
                        .sorted((a, b) -> byTexts(texts(a), texts(b)))
                        .toList();

        assertThat(answer).hasSameSizeAs(expected);
        for (int row = 0; row < answer.size(); row++) {
            List<String> values = expected.get(row);
            assertThat(answer.get(row).size()).isEqualTo(values.size());
            for (int at = 0; at < values.size(); at++) {
                if (answer.get(row).get(at) instanceof Double real) {
                    assertThat(real)
                            .as("%s, row %s", query, values)
                            .isCloseTo(Double.parseDouble(values.get(at)), within(1e-9));
                } else {
                    assertThat(String.valueOf(answer.get(row).get(at)))
                            .as("%s, row %s", query, values)
                            .isEqualTo(values.get(at));
                }
            }
        }
    }

    /** Orders rows by what is not a fraction: engines put nulls first or last. */
    private static int byTexts(List<String> row, List<String> other) {
        return key(row).compareTo(key(other));
    }

    private static String key(List<String> row) {
        return String.join("\t", row.stream().filter(value -> !value.contains(".")).toList());
    }

    private static List<String> texts(Row row) {
        return Stream.iterate(0, at -> at + 1)
                .limit(row.size())
                .map(at -> String.valueOf(row.get(at)))
                .toList();
    }
}
