package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.command.OutcomesCommand.OutcomesText;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomesTextTest {
    private static JsonNode answer(String rows) {
        try {
            return new ObjectMapper()
                    .readTree(
                            """
                            {"from":"2026-11-17","to":"2026-11-24","by":["day","placement"],"rows":[%s],
                             "unseenClicks":3,"unattributed":{"lists":1,"clicks":2,"conversions":0},
                             "asOf":{"modelVersion":1200}}
                            """
                                    .formatted(rows));
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private static final String ROW =
            """
            {"day":"2026-11-24","placement":"%s","lists":1234,"places":12340,"explored":10,
             "listsClicked":123,"clicks":150,"lateClicks":0,"conversions":2,"hides":0,
             "revenue":{"EUR":12.5},"listCtr":0.099676,"placeCtr":0.012156,
             "revenuePerThousandLists":{"EUR":10.13},"final":false}
            """;

    @Test
    void aTableHasARowForEachRowAndWhatBelongsToNoList() {
        String text = OutcomesText.table(answer(ROW.formatted("home")));

        assertThat(text.lines().toList().get(0)).startsWith("day").endsWith("final");
        assertThat(text.lines().toList().get(1))
                .startsWith("2026-11-24  home")
                .contains("1,234", "9.97 %", "12.50", "10.13")
                .endsWith("no");
        assertThat(text).endsWith("0 conversions; model version 1,200").contains("unseen clicks 3");
    }

    @Test
    void withoutRowsItSaysSo() {
        assertThat(OutcomesText.table(answer("")))
                .startsWith("No list was shown from 2026-11-17 to 2026-11-24.");
    }

    @Test
    void aPlacementInFullWidthIsNoFormulaEither() {
        for (String formula : List.of("＝1+1", "＋1", "－1", "＠SUM", "\\t=1", "\\r=1", "\u200e=1")) {
            assertThat(OutcomesText.csv(answer(ROW.formatted(formula))).replace("\"", ""))
                    .contains("2026-11-24,'");
        }
    }

    @Test
    void commaSeparatedValuesAreQuotedAndNoFormula() {
        String csv = OutcomesText.csv(answer(ROW.formatted("=cmd, \\\"x\\\"")));

        assertThat(csv.lines().toList().get(0))
                .isEqualTo(
                        "day,placement,lists,places,explored,listsClicked,clicks,lateClicks,"
                                + "conversions,hides,listCtr,placeCtr,revenue EUR,"
                                + "revenuePerThousandLists EUR,final");
        assertThat(csv.lines().toList().get(1))
                .startsWith(
                        "2026-11-24,\"'=cmd, \"\"x\"\"\",1234,12340,10,123,150,0,2,0,0.099676,");
    }
}
