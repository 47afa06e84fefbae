package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.ApiResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemsTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static List<String> lines(String items) throws Exception {
        return linesOf("{\"items\":[" + items + "]}");
    }

    private static List<String> linesOf(String body) throws Exception {
        return List.of(
                ItemsText.of(
                                new ApiResponse(
                                        200,
                                        JSON.readTree(body),
                                        0,
                                        Duration.ofMillis(3),
                                        Duration.ZERO))
                        .split("\n", -1));
    }

    @Test
    void belowAnItemAreTheEventsThatRaisedItWithWhatTheScoreWouldLose() throws Exception {
        List<String> lines =
                lines(
                        """
                        {"itemId":"f3","title":"Penalty rule changes","position":1,"reasons":[
                          {"source":"content","share":0.625,"contribution":1.84,"text":"Close to what you liked: Cup final"},
                          {"source":"trending","share":0.375,"contribution":1.1,"text":"Trending now"}],
                         "movedBy":[
                          {"eventId":"e7","type":"like","itemId":"f1","part":0.714,"lift":1.25},
                          {"eventId":null,"type":"follow","target":{"kind":"tag","id":"football"},"part":0.1,"lift":0.2}]}
                        """);

        assertThat(lines)
                .startsWith(
                        "  1  f3  Penalty rule changes",
                        "     Close to what you liked: Cup final (63 %, +1.84), Trending now (38 %, +1.10)",
                        "     raised by like of f1 (+1.25), follow of football (+0.20)");
    }

    @Test
    void anItemThatNoEventRaisedHasItsReasonsOnly() throws Exception {
        List<String> lines =
                lines(
                        """
                        {"itemId":"f3","position":1,"movedBy":[],"reasons":[
                          {"source":"trending","share":1,"contribution":0,"text":"Trending now"}]}
                        """);

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("     Trending now (100 %)");
    }

    @Test
    void aListWithoutItemsSaysWhy() throws Exception {
        assertThat(linesOf("{\"items\":[],\"emptyReasons\":[\"seen\",\"request\"]}"))
                .startsWith("     nothing to show: seen", "     nothing to show: request");
    }

    @Test
    void longReasonsAreCutAndLinesWrapped() throws Exception {
        String reason = "{\"share\":0.5,\"contribution\":1,\"text\":\"%s\"}";
        String reasons = String.join(",", reason.formatted("a".repeat(99)), reason.formatted("b"));
        List<String> lines =
                lines("{\"itemId\":\"f3\",\"position\":1,\"reasons\":[" + reasons + "]}");

        assertThat(lines.get(1))
                .isEqualTo("     " + "a".repeat(63) + "… (50 %, +1.00), b (50 %, +1.00)");
        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    }

    @Test
    void fieldsStandBelowTheItem() throws Exception {
        List<String> lines =
                lines(
                        """
                        {"itemId":"tea","position":1,"type":"product","tags":["green","loose"],
                         "attributes":{"price":9.5,"sizes":["S","L"]}}
                        """);

        assertThat(lines.get(1).strip())
                .isEqualTo("type product, tags green/loose, price 9.5, sizes S/L");
    }
}
