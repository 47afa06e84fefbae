package dev.freshet.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import java.util.List;
import org.junit.jupiter.api.Test;

class CostCommandTest {
    @Test
    void loadsThatAreNoLoadsAreRefusedBeforeAnythingIsSynthesized() {
        assertThat(refusal("--events-per-second", "-1"))
                .contains("eventsPerSecond must be between");
        assertThat(refusal("--recommendations-per-second", "NaN"))
                .contains("recommendationsPerSecond must be between");
        assertThat(refusal("--profile", "nowhere.json"))
                .contains("nowhere.json cannot be read as JSON");
    }

    @Test
    void theReportHasTheIdleBillsThePricesOfAMillionAndTheLoads() throws Exception {
        CostModel model =
                new CostModel(
                        new StackTemplate(
                                new ObjectMapper()
                                        .readTree(
                                                "{\"Resources\":{\"Events\":{\"Type\":\"AWS::Kinesis::Stream\","
                                                        + "\"Properties\":{\"ShardCount\":1}}}}")),
                        MeasuredUnits.load(),
                        PriceList.load());
        JsonNode json =
                new CostReport(model, model, model, CostReport.USUAL, PriceList.load()).toJson();

        assertThat(json.path("idleDev").asDouble()).isEqualTo(10.95);
        assertThat(json.path("idleProd").asDouble()).isEqualTo(10.95);
        assertThat(json.path("perMillionRecommendations").isNumber()).isTrue();
        assertThat(json.path("perMillionEvents").isNumber()).isTrue();
        assertThat(json.at("/byEntrance/http/perMillionEvents").isNumber()).isTrue();
        assertThat(json.path("profiles"))
                .extracting(profile -> profile.path("eventsPerSecond").asDouble())
                .isEqualTo(List.of(1.0, 100.0, 10_000.0));
        for (JsonNode profile : json.path("profiles")) {
            double sum = 0;
            for (JsonNode service : profile.path("byService")) {
                sum += service.asDouble();
            }
            assertThat(profile.path("month").asDouble())
                    .isCloseTo(sum, org.assertj.core.api.Assertions.within(0.1));
        }
    }

    private static String refusal(String option, String value) {
        Ran ran = CommandServer.alone("cost", option, value);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).doesNotContain("Synthesizing");
        return ran.err();
    }
}
