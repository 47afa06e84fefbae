package dev.freshet.local.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.Item;
import dev.freshet.cli.lake.FolderLake;
import dev.freshet.lake.LakeRow;
import dev.freshet.lake.LakeSql;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The named queries say what they promise, on a lake whose answers are counted by hand. */
class LakeQueriesTest {
    private static final Instant MONDAY = Instant.parse("2026-11-02T10:00:00Z");
    private static final SqlRange NOVEMBER =
            SqlRange.days(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01"));

    @TempDir private Path folder;
    @AutoClose private LocalLake lake;
    private final List<byte[]> rows = new ArrayList<>();
    private int sequence;

    @BeforeEach
    void fill() {
        lake = new LocalLake(folder);
        // Two lists at home, one of each arm; ann clicks the first place of hers, bob nothing.
        list("ann", "r1", "exp:a", MONDAY, "x", 0.5, "y", 0.5);
        list("bob", "r2", "exp:b", MONDAY, "x", 0.25, "z", 0.75);
        // Nobody was given a list that an impression without a token names.
        list("eve", "event:i", "exp:a", MONDAY, "x", 1, "unseen", 1);
        act("ann", "e1", "click", 1, "x", MONDAY.plusSeconds(60), "r1");
        act("ann", "e1", "click", 1, "x", MONDAY.plusSeconds(60), "r1"); // resent
        // After x, ann buys y within a day; then she takes it back, and buys z a week later.
        act("ann", "e2", "purchase", 5, "y", MONDAY.plusSeconds(120), null);
        act("ann", "e3", "purchase", 5, "z", MONDAY.plusSeconds(3_600), null);
        retract("ann", "e4", "e2", MONDAY.plusSeconds(180));
        act("anon", "e5", "view", 1, "x", MONDAY.plusSeconds(7 * 86_400), null);
        row(
                "{\"kind\":\"merge\",\"pseudonym\":\"anon\",\"merged_into\":\"ann\",%s}"
                        .formatted(common(MONDAY.plusSeconds(8 * 86_400))));
        lake.append(rows);
        lake.replaceItems(
                List.of(
                        item("x", "news"),
                        item("y", "news"),
                        item("z", "sport"),
                        item("unseen", "sport")));
        lake.settle(MONDAY.plusSeconds(9 * 86_400), 400);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000;
    }

    private String common(Instant at) {
        return String.format(
                Locale.ROOT,
                "\"received_at\":%d,\"transformed_at\":%d,\"corrected_at\":%d,\"shard\":\"s\",\"sequence\":\"%060d\"",
                micros(at.plusSeconds(1)),
                micros(at.plusSeconds(31)),
                micros(at),
                ++sequence);
    }

    private String occurred(String person, String id, Instant at) {
        return "\"pseudonym\":\"%s\",\"event_id\":\"%s\",\"occurred_ns\":%d,\"occurred_at\":%d,%s"
                .formatted(person, id, micros(at) * 1_000, micros(at), common(at));
    }

    private void row(String json) {
        rows.add((json + "\n").getBytes(UTF_8));
    }

    private void act(
            String person,
            String id,
            String type,
            int strength,
            String item,
            Instant at,
            @Nullable String list) {
        row(
                "{\"kind\":\"interaction\",\"type\":\"%s\",\"target_kind\":\"item\",\"target_id\":\"%s\",\"strength\":%d,%s%s}"
                        .formatted(
                                type,
                                item,
                                strength,
                                list == null ? "" : "\"recommendation_id\":\"" + list + "\",",
                                occurred(person, id, at)));
    }

    private void retract(String person, String id, String retracted, Instant at) {
        row(
                "{\"kind\":\"retraction\",\"type\":\"purchase\",\"retracts\":\"%s\",%s}"
                        .formatted(retracted, occurred(person, id, at)));
    }

    private void list(
            String person, String list, String arm, Instant at, Object... itemsAndPropensities) {
        List<String> places = new ArrayList<>();
        for (int i = 0; i < itemsAndPropensities.length; i += 2) {
            places.add(
                    "{\"item_id\":\"%s\",\"position\":%d,\"propensity\":%s,\"sources\":1}"
                            .formatted(
                                    itemsAndPropensities[i], i / 2, itemsAndPropensities[i + 1]));
        }
        row(
                "{\"kind\":\"exposure\",\"recommendation_id\":\"%s\",\"placement\":\"home\",\"arm\":\"%s\",\"model_version\":7,\"places\":[%s],%s}"
                        .formatted(
                                list, arm, String.join(",", places), occurred(person, list, at)));
    }

    private static byte[] item(String id, String tag) {
        return "{\"item_id\":\"%s\",\"title\":\"The %s\",\"tags\":[\"%s\"],\"published_at\":%d,\"deleted\":false}\n"
                .formatted(id, id, tag, micros(MONDAY.minusSeconds(3_600)))
                .getBytes(UTF_8);
    }

    private String answer(NamedQuery query, String item, int people) {
        return lake.query(
                query.sql(NOVEMBER, item, people),
                result -> String.join("; ", ResultLines.read(result, 3, " ")));
    }

    @Test
    void aVersionOfAnItemHasTheTimeOfItsFirstCopy() {
        lake.replaceItems(List.of(copied("x", 1, MONDAY), copied("y", 1, MONDAY)));
        Instant later = MONDAY.plusSeconds(60);
        lake.replaceItems(List.of(copied("x", 2, later), copied("y", 1, later)));

        List<String> versions =
                lake.query(
                        "SELECT item_id, version, epoch(valid_from)::BIGINT FROM items ORDER BY 1",
                        result -> ResultLines.read(result, 0, " "));
        long monday = MONDAY.getEpochSecond();
        assertThat(versions).containsExactly("x 2 " + (monday + 60), "y 1 " + monday);
    }

    private static byte[] copied(String id, long version, Instant at) {
        return LakeRow.of(Item.bare(id, version), at).line();
    }

    /** Rows of an answer are separated by semicolons. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    # Arm b always shows x first: of a's lists one place, clicked, of weight 2.
                    OFF_POLICY       |    | home exp:a exp:a 2 0.500 2.000; home exp:a exp:b 1 1.000 1.000; \
                    home exp:b exp:a 1 0.000 1.000; home exp:b exp:b 2 0.000 1.600
                    EVENTS_BY_DAY    |    | 2026-11-02 click 1 1; 2026-11-02 purchase 1 1; 2026-11-09 view 1 1
                    CLICK_RATE       |    | home exp:a 0 7 1 1 1 1.000; home exp:a 1 7 1 0 0 0.000; \
                    home exp:b 0 7 1 0 0 0.000; home exp:b 1 7 1 0 0 0.000
                    DEMAND_BY_TAG    |    | news 2 2 1 1.000; sport 2 1 1 0.500
                    UNSEEN_ITEMS     |    | y The y 1 shown in vain; unseen The unseen 0 never shown
                    RETENTION        |    | 2026-11-02 0 1; 2026-11-02 1 1
                    CHOSEN_AFTER     | x  | z 1
                    CHOSEN_AFTER     | it's | ""
                    FIRST_CLICK      |    | 2026-11-02 4 1 61
                    ARRIVALS_QUALITY |    | 2026-11-02 8 0.125 0.000 30 30; 2026-11-09 1 0.000 0.000 30 30
                    ERASURE_REACH    |    | arrivals 0; exposures 0; interactions 0; merges 0
                    """)
    void aNamedQueryAnswersWhatItPromises(
            NamedQuery query, @Nullable String item, String expected) {
        assertThat(answer(query, item == null ? "" : item, 1)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    OFF_POLICY    | ""              | home exp:a exp:a 6 0.500 6.000; home exp:a exp:b 3 1.000 3.000
                    EVENTS_BY_DAY | ""              | 2026-11-02 click 3 3
                    CLICK_RATE    | ""              | home exp:a 0 7 3 3 3 1.000; home exp:a 1 7 3 0 0 0.000
                    DEMAND_BY_TAG | news 2 0 0 0.000; sport 2 0 0 0.000 | news 2 4 3 2.000; sport 2 0 0 0.000
                    RETENTION     | ""              | 2026-11-02 0 3
                    FIRST_CLICK   | 2026-11-02 4 0 null | 2026-11-02 4 1 61
                    """)
    void aRowOfTwoPeopleIsLeftOutWhereThreeAreAskedForAndOneOfThreeIsNot(
            NamedQuery query, String ofTwo, String ofThree) {
        // Each is shown what ann was, and clicks what she did.
        for (String person : List.of("bob", "cyd")) {
            rows.clear();
            list(person, "a-" + person, "exp:a", MONDAY, "x", 0.5, "y", 0.5);
            act(person, "c", "click", 1, "x", MONDAY.plusSeconds(60), "a-" + person);
            lake.append(rows);
            lake.settle(MONDAY.plusSeconds(9 * 86_400), 400);

            assertThat(answer(query, "", 3)).isEqualTo(person.equals("bob") ? ofTwo : ofThree);
        }
    }

    @ParameterizedTest
    @CsvSource({"80, 2026-11-02 0 1", "100, 2026-11-02 0 2"})
    void whoComesBackAfterNinetyDaysIsSeenAsNew(int daysBefore, String firstWeek) {
        rows.clear();
        act("old", "o1", "view", 1, "x", MONDAY.minusSeconds(daysBefore * 86_400L), null);
        act("old", "o2", "view", 1, "x", MONDAY.plusSeconds(90), null);
        lake.append(rows);

        assertThat(answer(NamedQuery.RETENTION, "", 1)).contains(firstWeek);
    }

    @Test
    void anErasureThatOnlyArrivedReachesRowsUntilItIsSettled() throws Exception {
        rows.clear();
        Instant erased = MONDAY.plusSeconds(9 * 86_400);
        row(
                "{\"kind\":\"erasure\",\"erased\":\"%s\",\"erasure_id\":\"g\",\"erased_at\":%d,%s}"
                        .formatted(
                                HexFormat.of()
                                        .formatHex(
                                                MessageDigest.getInstance("SHA-256")
                                                        .digest("anon".getBytes(UTF_8))),
                                micros(erased),
                                common(erased)));
        lake.append(rows);

        assertThat(answer(NamedQuery.ERASURE_REACH, "", 1))
                .isEqualTo("arrivals 2; exposures 0; interactions 1; merges 1");

        lake.settle(erased.plusSeconds(86_400), 400);
        assertThat(answer(NamedQuery.ERASURE_REACH, "", 1))
                .isEqualTo("arrivals 0; exposures 0; interactions 0; merges 0");

        rows.clear();
        act("anon", "late", "click", 1, "x", erased.minusSeconds(1), null);
        lake.append(rows);
        assertThat(deletable(erased)).as("arrivals of today that a night leaves").isZero();
        assertThat(deletable(erased.plusSeconds(1))).isEqualTo(1);
    }

    private long deletable(Instant before) {
        return lake.number(
                "SELECT count(*) FROM arrivals WHERE "
                        + LakeSql.deletable(LakeTable.ARRIVALS, SqlRange.time(before)));
    }

    @Test
    void whatArrivedSinceIsInTheViewsBeforeItIsSettled() {
        rows.clear();
        act("bob", "e9", "click", 1, "x", MONDAY.plusSeconds(10), "r2");
        act("ann", "e1", "click", 1, "x", MONDAY.plusSeconds(60), "r1"); // resent again
        lake.append(rows);

        assertThat(lake.number("SELECT count(*) FROM interactions")).isEqualTo(5);
        assertThat(lake.number("SELECT count(*) FROM interactions_now")).isEqualTo(6);
        assertThat(lake.number("SELECT count(*) FROM standing")).isEqualTo(4);
    }

    @Test
    void theTablesHaveTheColumnsOfTheirDefinitions() {
        for (LakeTable table : LakeTable.values()) {
            List<String> names =
                    lake.query(
                            "SELECT column_name FROM (DESCRIBE %s)".formatted(table.sqlName()),
                            result -> ResultLines.read(result, 0, ""));

            assertThat(String.join(", ", names)).isEqualTo(LakeTable.names(table.allColumns()));
        }
    }

    @Test
    void aQueryThatDuckDbRefusesIsTold() {
        assertThatThrownBy(() -> lake.number("SELECT count(*) FROM nothing"))
                .isInstanceOf(FolderLake.LakeException.class)
                .hasMessageContaining("nothing");
    }
}
