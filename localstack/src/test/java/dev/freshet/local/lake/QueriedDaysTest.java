package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lake.NamedQuery;
import dev.freshet.lake.SqlRange;
import dev.freshet.testkit.Thorough;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Named queries read the days that they ask of, and say what they would say with all days. */
class QueriedDaysTest {
    private static final LocalDate FIRST = LocalDate.parse("2026-11-02");
    private static final int PEOPLE = 1;
    private static final String EVER = "DATE '1970-01-01'";

    @TempDir private Path folder;

    static LongStream seeds() {
        return LongStream.range(1, 1 + Thorough.number(2, 50));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aQuerySaysTheSameWithAllDaysAndOfSettledRowsOnceTheyAre(long seed) {
        SeededRows rows = new SeededRows(seed);
        try (LocalLake lake = new LocalLake(folder)) {
            rows.putInto(lake);
            boolean bounded = false;
            for (NamedQuery query : NamedQuery.values()) {
                for (SqlRange days : List.of(days(0, 14), days(3, 6), days(5, 7), days(11, 20))) {
                    String sql = query.sql(days, "i3", PEOPLE);
                    String since = "date_add('day', -1, " + days.from() + ")";
                    List<String> answer = answer(lake, sql);

                    assertThat(answer)
                            .as("%s of %s, seed %d", query, days, seed)
                            .isEqualTo(answer(lake, sql.replace(since, EVER)));
                    bounded |= !answer.equals(answer(lake, sql.replace(since, days.to())));
                }
            }
            assertThat(bounded).as("a later bound changes an answer").isTrue();

            lake.settle(SeededRows.SETTLED_AT.plus(Duration.ofDays(1)), 400);
            for (NamedQuery query : NamedQuery.values()) {
                SqlRange days = days(3, 20);
                if (!query.needsItem()) {
                    assertThat(answer(lake, query.ofSettled(days, PEOPLE)))
                            .as("%s of settled rows, seed %d", query, seed)
                            .isEqualTo(answer(lake, query.sql(days, "", PEOPLE)));
                }
            }
        }
    }

    private static SqlRange days(int from, int to) {
        return SqlRange.days(FIRST.plusDays(from), FIRST.plusDays(to));
    }

    private static List<String> answer(LocalLake lake, String sql) {
        return lake.query(sql, result -> ResultLines.read(result, 9, "\t"));
    }
}
