package dev.freshet.cli.imports;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.ImportRun.ImportSource;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Imports by queries: the rules of their rows, and the queries of the page in the documentation.
 */
class QueryImportTest {
    private static final Path PAGE = Path.of("..", "docs", "import.md");

    /** Files in the layouts that the page names, each behind its name. */
    private static final String FILES =
            """
            -- shop.csv
            visitorid,itemid,event,timestamp,price
            31,9,view,1433221332117,
            31,9,transaction,1433221339117,9.9
            31,,login,1433221339118,
            -- users_interactions.csv
            timestamp,eventType,contentId,personId,sessionId,userAgent,userRegion,userCountry
            1465413032,VIEW,-34,-88,12,,,
            1465413046,COMMENT CREATED,-35,-88,12,"Mozilla/5.0 (X11, Linux)",SP,BR
            -- ratings.csv
            userId,movieId,rating,timestamp
            1,296,5.0,1147880044
            -- movies.csv
            movieId,title,genres
            296,Pulp Fiction,Comedy|Drama
            -- interactions.csv
            USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE
            u1,p1,1700000000,Purchase
            u2,p2,1700000001,View
            -- news.tsv
            N1\tsports\tgolf\tA "title"\tAbstract\thttps://www.example.org/N1\t[]\t[]
            -- behaviors.tsv
            1\tU1\t11/13/2019 8:36:57 AM\tN7 N8\tN1-0 N2-1
            """;

    @TempDir private Path folder = Path.of("");
    private final ApiRules rules =
            new ApiRules(Instant.parse("2026-11-26T20:00:00Z"), EventTypes.BUILT_IN);

    @Test
    void rowsComeByTimeAndThenByTextWithTheSameIdsEachTime() throws IOException {
        StringBuilder csv = new StringBuilder("u,i,t\n");
        for (int row = 0; row < 20_000; row++) {
            csv.append("%d,%d,%d\n".formatted(row % 71, row * 31 % 977, 1_700_000_000 - row % 500));
        }
        Files.writeString(folder.resolve("events.csv"), csv);
        String sql =
                "SELECT u AS userId, i AS itemId, 'view' AS type, to_timestamp(t) AS occurredAt"
                        + " FROM 'events.csv' -- all of it";

        List<ObjectNode> events = events(sql);

        assertThat(events).hasSize(20_000).isEqualTo(events(sql));
        assertThat(events)
                .extracting(event -> event.path("occurredAt").asText())
                .isSorted()
                .first()
                .isEqualTo("2023-11-14T22:05:01Z");
        assertThat(events).extracting(event -> event.path("eventId")).doesNotHaveDuplicates();
        assertThat(events.getFirst().path("eventId").asText()).startsWith("query-1-");
    }

    @Test
    void nullsAreAbsentNumbersOfIdsAreTextsAndTimesOfSqlAreUtc() throws IOException {
        List<ImportEntry> entries =
                entries(
                        """
                        SELECT 7 AS userId, [1, 2] AS items, 'impression' AS type, NULL AS value,
                               {country: NULL, region: NULL} AS context, {a: NULL, b: 1} AS properties,
                               'e-1' AS eventId, TIMESTAMP '2024-02-29 23:59:59.5' AS occurredAt\
                        """);

        assertThat(((ImportEntry.OfEvent) entries.getFirst()).json())
                .hasToString(
                        "{\"userId\":\"7\",\"items\":[\"1\",\"2\"],\"type\":\"impression\",\"properties\":{\"b\":1},"
                                + "\"eventId\":\"e-1\",\"occurredAt\":\"2024-02-29T23:59:59.5Z\"}");
        assertThat(entries("SELECT 9 AS itemId, DATE '2024-02-29' AS publishedAt;"))
                .extracting(entry -> ((ImportEntry.OfItem) entry).json().toString())
                .containsExactly("{\"itemId\":\"9\",\"publishedAt\":\"2024-02-29T00:00:00Z\"}");
        assertThat(
                        entries(
                                "SELECT 7 AS userId, {plan: 'gold'} AS attributes, ['anon-1'] AS"
                                        + " aliases"))
                .hasExactlyElementsOfTypes(ImportEntry.OfUser.class, ImportEntry.OfAlias.class);
    }

    @Test
    void aQueryThatDoesNotFitIsRefusedWithWhatItGives() throws IOException {
        Files.writeString(folder.resolve("shop.csv"), "visitorid,event\n1,view\n");

        assertRefused(
                () -> entries("FROM 'shop.csv'"),
                "gives the columns visitorid, event: events need occurredAt");
        assertRefused(
                () -> entries("SELECT nothing FROM 'shop.csv'"),
                "DuckDB refused the query",
                "nothing");
    }

    @Test
    void aQueryIsOneSelectThatWritesNoFileAndLoadsNothing() throws IOException {
        Path written = folder.resolve("pwn.csv");
        String attack =
                "SELECT 'q1' AS itemId, 't' AS title); COPY (SELECT 1) TO '"
                        + written
                        + "'; SELECT * FROM (SELECT 'q1' AS itemId, 't' AS title";
        for (String sql :
                List.of(
                        attack,
                        "COPY (SELECT 1) TO '%s'".formatted(written),
                        "SELECT 1 AS itemId; SELECT 2 AS itemId",
                        "INSTALL httpfs",
                        "SET autoinstall_known_extensions = true",
                        "")) {
            assertRefused(() -> Input.query(sql).close(), "--query takes one SELECT");
        }
        assertThat(written).doesNotExist();
        assertRefused(
                () -> Input.query("SELECT * FROM 'https://127.0.0.1:1/x.parquet'").close(),
                "DuckDB refused the query",
                "Extensions are not loaded");
    }

    @Test
    void anImportOfAQueryIsKnownByItsTextAndTheNumberOfItsRows() throws IOException {
        ImportSource source = ImportSource.ofQuery("SELECT 1 AS itemId");

        assertThat(source.name().toString()).matches("query-[0-9a-f]{8}");
        try (Input one = source.opener().open();
                Input two = Input.query("SELECT unnest([1, 2]) AS itemId")) {
            assertThat(source.identity("http://a", one))
                    .isEqualTo(source.identity("http://a", one))
                    .isNotEqualTo(source.identity("http://a", two))
                    .isNotEqualTo(
                            ImportSource.ofQuery("SELECT 2 AS itemId").identity("http://a", one));
        }
    }

    @Test
    void everyQueryOfThePageReadsItsFilesAndTheApiTakesAllRows() throws Exception {
        writeFilesOfThePage();
        List<String> queries =
                Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(PAGE))
                        .results()
                        .map(block -> block.group(1))
                        .toList();

        List<String> entries = new ArrayList<>();
        for (String sql : queries) {
            List<ImportEntry> rows = entries(sql);
            assertThat(rows).as(sql).isNotEmpty();
            for (ImportEntry entry : rows) {
                assertThat(rules.check(entry)).as("%s of %s", entry, sql).isEmpty();
                entries.add(described(entry));
            }
        }

        assertThat(entries)
                .containsExactlyInAnyOrder(
                        "31 purchase of 9 {\"amount\":9.9,\"currency\":\"EUR\"}",
                        "31 view of 9 ",
                        "-88 comment of -35 ",
                        "-88 view of -34 ",
                        "1 rating of 296 5.0",
                        "item 296 [\"Comedy\",\"Drama\"]",
                        "u1 purchase of p1 ",
                        "u2 view of p2 ",
                        "u-1 purchase of SKU-1 {\"amount\":19.0,\"currency\":\"USD\"}",
                        "anon-77 view of SKU-2 ",
                        "item N1 [\"sports\",\"golf\"]",
                        "U1 click of N2 ",
                        "U1 impression of  ");
    }

    @Test
    void thePageNamesTheReleaseOfDuckDbThatIsTested() throws IOException {
        Matcher version =
                Pattern.compile("<duckdb.version>(.*?)<")
                        .matcher(Files.readString(Path.of("..", "pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(PAGE)).contains("/duckdb_jdbc-" + version.group(1) + ".jar");
    }

    /** Writes small files in the layouts that the page names, some of them as Parquet. */
    private void writeFilesOfThePage() throws IOException, SQLException {
        for (String file : FILES.split("-- ", -1)) {
            if (!file.isEmpty()) {
                String[] nameAndText = file.split("\n", 2);
                Files.writeString(folder.resolve(nameAndText[0]), nameAndText[1]);
            }
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT 'purchase' AS event_name, 1700000000000000 AS event_timestamp, 'u-1' AS user_id,
                                 '76' AS user_pseudo_id,
                                 [{item_id: 'SKU-1', price_in_usd: 9.5, quantity: 2}] AS items
                          UNION ALL
                          SELECT 'view_item', 1700000000000001, NULL, '77',
                                 [{item_id: 'SKU-2', price_in_usd: 3, quantity: NULL}]
                          UNION ALL
                          SELECT 'scroll', 1700000000000002, NULL, '77', [])
                    TO '%s' (FORMAT parquet)\
                    """
                            .formatted(folder.resolve("events_20260101.parquet")));
        }
    }

    private static String described(ImportEntry entry) {
        return switch (entry) {
            case ImportEntry.OfItem item ->
                    "item " + item.json().path("itemId").asText() + " " + item.json().path("tags");
            case ImportEntry.OfEvent event ->
                    "%s %s of %s %s"
                            .formatted(
                                    event.user(),
                                    event.json().path("type").asText(),
                                    event.json().path("itemId").asText(),
                                    event.json().path("value"));
            default -> entry.toString();
        };
    }

    private List<ObjectNode> events(String sql) throws IOException {
        return entries(sql).stream().map(entry -> ((ImportEntry.OfEvent) entry).json()).toList();
    }

    /** Runs a query whose files are in the folder. */
    private List<ImportEntry> entries(String sql) throws IOException {
        String placed =
                sql.replaceAll("'([a-z_]+[*]?\\.(csv|tsv|parquet))'", "'" + folder + "/$1'");
        ImportSource source = ImportSource.ofQuery(placed);
        List<ImportEntry> entries = new ArrayList<>();
        try (Input input = source.opener().open()) {
            for (Optional<InputLine> row = input.next(); row.isPresent(); row = input.next()) {
                entries.addAll(source.parser().entries(row.get()));
            }
            assertThat(input.done()).isEqualTo(input.total());
        }
        return entries;
    }
}
