package dev.freshet.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.Freshet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class CostCommandTest {
    private final StringWriter err = new StringWriter();

    @Test
    void loadsThatAreNoLoadsAreRefusedBeforeAnythingIsSynthesized() {
        assertThat(run("--events-per-second", "-1")).isEqualTo(1);
        assertThat(run("--recommendations-per-second", "NaN")).isEqualTo(1);
        assertThat(run("--profile", "nowhere.json")).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "eventsPerSecond must be between",
                        "recommendationsPerSecond must be between",
                        "nowhere.json cannot be read as JSON")
                .doesNotContain("Synthesizing");
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

    private int run(String... options) {
        CommandLine line = Freshet.commandLine();
        line.setErr(new PrintWriter(err, true));
        String[] arguments = new String[options.length + 1];
        arguments[0] = "cost";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return line.execute(arguments);
    }
}
