package dev.freshet.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trino.sql.parser.SqlParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every statement for Athena is one of Trino's grammar. */
class LakeSqlTest {
    private static final SqlParser PARSER = new SqlParser();
    private static final SqlRange DAYS =
            SqlRange.days(LocalDate.parse("2026-01-01"), LocalDate.parse("2026-02-01"));

    @ParameterizedTest
    @MethodSource("statements")
    void everyStatementForAthenaParses(String statement) {
        assertThatCode(() -> PARSER.createStatement(statement)).doesNotThrowAnyException();
        assertThat(statement).doesNotContain("{", ";");
    }

    static Stream<String> statements() {
        List<String> all = new ArrayList<>();
        for (LakeTable table : LakeTable.settled()) {
            all.add(
                    LakeSql.settleInAthena(
                            table, SqlRange.daysAgo(2, -1), SqlRange.daysAgo(88, -2)));
            all.add(LakeSql.expireInAthena(table, 400));
        }
        LakeTable.ofPeople()
                .forEach(table -> all.add(LakeSql.eraseInAthena(table, SqlRange.EVER.to())));
        LakeSql.views(LakeSql.Engine.ATHENA)
                .forEach((name, query) -> all.add(LakeSql.createView(name, query)));
        LakeSpan span =
                new LakeSpan(
                        Instant.EPOCH,
                        Instant.EPOCH.plusSeconds(3_600),
                        Map.of(
                                "events/shardId-0", new LakeSpan.Bounds("", "2"),
                                "events/shardId-1", new LakeSpan.Bounds("1", "3")));
        all.add(HistorySql.rows(LakeSql.Engine.ATHENA, span, 90, Duration.ofDays(1)));
        all.add(HistorySql.hours(SqlRange.EVER));
        all.add(HistorySql.unsettled(SqlRange.EVER, SqlRange.EVER));
        for (NamedQuery query : NamedQuery.values()) {
            all.add(query.sql(DAYS, "it's", 3));
        }
        return all.stream();
    }

    @Test
    void whatIsNoStatementDoesNotParse() {
        assertThatThrownBy(() -> PARSER.createStatement("COPY t TO file"))
                .hasMessageContaining("mismatched input");
    }

    @Test
    void arrivalsHaveEveryColumnOfWhatIsSettledFromThem() {
        for (LakeTable table : LakeTable.settled()) {
            assertThat(LakeTable.ARRIVALS.columns()).containsAll(table.columns());
            assertThat(table.columns()).containsAll(table.key());
        }
    }

    @ParameterizedTest
    @EnumSource(LakeTable.class)
    void aDefinitionNamesEveryColumnInLowerCase(LakeTable table) {
        String definition = table.athenaDefinition("freshet_dev", "s3://bucket/lake/");

        assertThat(table.allColumns())
                .isNotEmpty()
                .allSatisfy(
                        column -> {
                            assertThat(column.name()).matches("[a-z][a-z_]*");
                            assertThat(definition)
                                    .contains("`" + column.name() + "` " + column.type().athena());
                        });
        assertThat(definition).contains("'table_type' = 'ICEBERG'");
    }

    @Test
    void aMissingValueOfAStatementIsAnError() {
        assertThatThrownBy(() -> LakeSql.resource("settle", Map.of()))
                .hasMessageContaining("settle needs {columns}");
    }
}
