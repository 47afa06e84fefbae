package dev.freshet.cli.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryRowsTest {
    @Test
    void textsOfAthenaAreNumbersWhereTheirColumnsAre() {
        QueryRows rows =
                QueryRows.ofTexts(
                        List.of("n", "share", "flag", "day", "none"),
                        List.of("bigint", "double", "boolean", "date", "varchar"),
                        List.of(Arrays.asList("7", "0.5", "true", "2026-11-27", null)),
                        true);

        assertThat(rows.toJson().toString())
                .isEqualTo(
                        "{\"columns\":[\"n\",\"share\",\"flag\",\"day\",\"none\"],\"rows\":[{\"n\":7,"
                                + "\"share\":0.5,\"flag\":true,\"day\":\"2026-11-27\",\"none\":null}],\"more\":true}");
    }
}
