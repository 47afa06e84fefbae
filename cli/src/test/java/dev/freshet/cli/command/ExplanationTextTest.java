package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {
    private static final String ANSWER =
            """
            {"recommendationId":"0a0b","model":{"version":1200,"ageMs":5},"personalised":true,
             "reflects":{"events":3},"degradedReasons":[],"policy":"plackett-luce",
             "sources":[{"source":"popularity","found":200,"kept":150}],
             "filters":[{"filter":"seen","removed":2}],"candidates":150,"removed":2,
             "items":[{"itemId":"tea","title":"Green tea","score":1.2,"reasons":[{"text":"Popular this week"}]}],
             "places":[{"position":1,"rank":4,"by":"drawn","propensity":0.25}],
             "best":[{"itemId":"tea","rank":4,"score":1.2,"position":1},
                     {"itemId":"cup","title":"Cup","rank":1,"score":1.9,"likeness":0,"boost":0.7,"signals":[
                       {"source":"popularity","contribution":0.4},{"source":"popularity","contribution":0.5},
                       {"source":"new","contribution":-1.5},{"source":"content","contribution":0.0}]}],
             "withheld":[{"itemId":"pot","title":"Pot","filter":"seen","foundBy":[{"source":"popularity"}]},
                         {"itemId":"mug","foundBy":[{"source":"new"}]}]ITEM}
            """;

    private static List<String> lines(String item) {
        return lines(item, ANSWER);
    }

    private static List<String> lines(String item, String template) {
        try {
            JsonNode answer = new ObjectMapper().readTree(template.replace("ITEM", item));
            return ExplanationText.of(answer).lines().toList();
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void theStagesComeInTheirOrder() {
        assertThat(lines("").subList(0, 4))
                .containsExactly(
                        "list 0a0b, model version 1,200, history of 3 events, policy plackett-luce",
                        "found: popularity 200 (150 kept)",
                        "withheld: seen 2",
                        "candidates: 150");
    }

    @Test
    void theListIsFollowedByTheBestCandidatesThatAreNotInItAndByWhatWasWithheld() {
        String text = String.join("\n", lines(""));

        assertThat(text)
                .containsPattern("1 +4 +1.2  draw 25 % +tea +Green tea\\R +Popular this week")
                .containsPattern(
                        "1 +1.9 +cup +Cup\\R +new -1.5, popularity \\+0.9, boost \\+0.7\\R")
                .containsPattern("seen +pot +Pot\\R +found by popularity")
                .containsPattern("crowded out +mug\\R +found by new");
        assertThat(text).containsOnlyOnce("Green tea");
    }

    @Test
    void rowsOfLongTitlesAndReasonsFitATerminal() {
        String title = "Green tea of the first harvest, ".repeat(9);
        String reasons = "{\"text\":\"Popular this week\"},".repeat(9);
        List<String> lines =
                lines(
                        "",
                        ANSWER.replace("Green tea", title)
                                .replace("{\"text\":\"Popular", reasons + "{\"text\":\"Popular"));

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(lines).anyMatch(line -> line.endsWith("…"));
    }

    @Test
    void theWayOfTheItemThatWasAskedForComesFirst() {
        assertThat(
                        lines(
                                ",\"item\":{\"itemId\":\"pot\",\"verdict\":\"removed\",\"filter\":\"seen\","
                                        + "\"sentences\":[\"First.\",\"Second.\"]}"))
                .startsWith("pot: withheld by the filter seen", "  First.", "  Second.", "");
    }
}
