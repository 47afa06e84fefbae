package dev.freshet.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        String events = "'Events':{'Type':'AWS::Kinesis::Stream','Properties':{'ShardCount':1}}";
        CostModel model = model(events);
        PriceList prices = PriceList.load();
        JsonNode json = new CostReport(model, model, model, CostReport.USUAL, prices).toJson();
        CostModel lake =
                model(
                        events
                                + ",'Lake':{'Type':'AWS::Lambda::Function'},"
                                + "'Delivery':{'Type':'AWS::KinesisFirehose::DeliveryStream'}");
        CostReport ofLake = new CostReport(model, lake, model, CostReport.USUAL, prices);

        assertThat(ofLake.toText()).containsPattern("more, if Firehose bills 5 KB a record +50.");
        assertThat(ofLake.toJson().at("/profiles/1/moreIfFirehoseRounds").asDouble())
                .isBetween(50.0, 52.0);
        assertThat(json.at("/profiles/1/moreIfFirehoseRounds").asDouble()).isZero();
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

    @Test
    void whatHasOptionsIsSynthesizedInOneProcessAndTheRestIsThatOfTheBuild(@TempDir Path home)
            throws Exception {
        Path infra = home.resolve("infra");
        Path built = Files.createDirectories(infra.resolve("target/cdk.out"));
        String stream =
                "{'Resources':{'E':{'Type':'AWS::Kinesis::Stream','Properties':{'ShardCount':2}}}}";
        Files.writeString(built.resolve("Freshet.template.json"), stream.replace('\'', '"'));
        Files.writeString(
                infra.resolve("app.sh"),
                """
                echo $FRESHET_APP >> $1/runs && cat >> $1/runs
                for name in $(tail -n 1 $1/runs | grep -o '"[^"]*":{' | tr -d '":{'); do
                  mkdir -p $1/$name
                  echo '{"Resources":{}}' > $1/$name/Freshet.template.json
                  echo $name
                done
                """);
        Path stamp = Files.createDirectories(home.resolve("bench/target")).resolve("freshet.stamp");
        Files.setLastModifiedTime(Files.createFile(stamp), FileTime.fromMillis(1));
        System.setProperty("freshet.home", home.toString());
        try {
            Ran ran = CommandServer.alone("cost", "--json");

            assertThat(ran.err()).contains("Synthesized prod-", "Synthesized prod-http-");
            assertThat(ran.out()).contains("\"idleDev\":21.9,\"idleProd\":0.0");
            assertThat(Files.readString(infra.resolve("target/cost/runs")))
                    .startsWith("CostTemplates\n{\"prod-")
                    .contains("\"entrance\":\"rest\"", "\"entrance\":\"http\"")
                    .doesNotContain("dev");
            assertThat(CommandServer.alone("cost").err()).doesNotContain("Synthesi");
        } finally {
            System.clearProperty("freshet.home");
        }
    }

    private static CostModel model(String resources) throws IOException {
        String template = "{'Resources':{%s}}".formatted(resources).replace('\'', '"');
        StackTemplate stack = new StackTemplate(new ObjectMapper().readTree(template));
        return new CostModel(stack, MeasuredUnits.load(), PriceList.load());
    }

    private static String refusal(String option, String value) {
        Ran ran = CommandServer.alone("cost", option, value);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).doesNotContain("Synthesizing");
        return ran.err();
    }
}
