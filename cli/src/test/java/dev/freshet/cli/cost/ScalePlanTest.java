package dev.freshet.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.cli.cost.ScalePlan.Step;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalePlanTest {
    private static final String TEMPLATE =
            """
            {"Resources":{
              "Events":{"Type":"AWS::Kinesis::Stream","Properties":{"ShardCount":1}},
              "Train":{"Type":"AWS::Lambda::Function","Properties":{"MemorySize":3008}},
              "Recommend":{"Type":"AWS::Lambda::Function","Properties":{"MemorySize":2048}}}}
            """;

    /** A recommendation takes 10 ms here, so that the instances are those of the rates. */
    private static final String UNITS =
            """
            {"functions":{
              "Recommend":{"parts":{"invocation":{"milliseconds":10}}},
              "Collect":{"parts":{"invocation":{"milliseconds":5}}},
              "Features":{"parts":{"interaction":{"milliseconds":1}}}}}
            """;

    @ParameterizedTest(name = "{0} events/s, {1} recommendations/s, {2} items: {6}")
    @CsvSource({
        "1, 1, 600, 1, 1, 1, ''",
        "100, 100, 41000, 1, 2, 1, ''",
        "700, 100, 41000, 1, 2, 1, ''",
        "1000, 1000, 41000, 2, 20, 1, 'A'",
        "10000, 10000, 41000, 15, 200, 1, 'AC'",
        "10000, 10000, 1000000, 15, 200, 1, 'AC'",
        "20000, 100, 1000000, 29, 2, 1, 'ACE'",
        "100, 40000, 41000, 1, 800, 2, 'BC'",
        "100000, 100000, 41000, 143, 2000, 5, 'ABCDE'",
        "1, 1, 6000000, 1, 1, 1, 'F'",
    })
    void aLoadHasItsShardsInstancesCopiesAndSteps(
            double events,
            double recommendations,
            long items,
            int shards,
            int instances,
            int copies,
            String steps)
            throws Exception {
        ScalePlan plan = plan(events, recommendations, items);

        assertThat(plan.eventShards()).as("shards").isEqualTo(shards);
        assertThat(plan.instances()).as("instances").isEqualTo(instances);
        assertThat(plan.newestCopies()).as("copies").isEqualTo(copies);
        assertThat(plan.steps())
                .extracting(Step::name)
                .isEqualTo(steps.chars().mapToObj(Character::toString).toList());
    }

    @Test
    void trainingIsAsFastAsMeasuredAndBetweenTheTwoMeasurements() {
        assertThat(ScalePlan.examplesPerSecond(600)).isEqualTo(23_035, within(1e-6));
        assertThat(ScalePlan.examplesPerSecond(41_000)).isEqualTo(23_035, within(1e-6));
        assertThat(ScalePlan.examplesPerSecond(200_000)).isBetween(8_067.0, 23_035.0);
        assertThat(ScalePlan.examplesPerSecond(1_000_000)).isEqualTo(8_067, within(1e-6));
        assertThat(ScalePlan.examplesPerSecond(9_000_000)).isEqualTo(8_067, within(1e-6));
    }

    @Test
    void theBillIsThatOfTheCostCommand() throws Exception {
        assertThat(plan(100, 20, 41_000).month())
                .isEqualTo(
                        new CostModel(template(), units(), PriceList.load())
                                .of(Workload.of(100, 20))
                                .total());
    }

    @Test
    void theTextAndTheJsonNameWhatToDoAboveALimit() throws Exception {
        ScalePlan small = plan(1, 1, 600);
        ScalePlan large = plan(100_000, 100_000, 41_000);

        assertThat(small.toText()).contains("as it is deployed").doesNotContain("step");
        assertThat(small.toJson().path("steps")).isEmpty();
        assertThat(large.toText())
                .contains("-c eventShardsMax=143", "-c newestCopies=5", "warm throughput");
        assertThat(large.toJson().path("demands"))
                .allSatisfy(
                        demand ->
                                assertThat(demand.has("action"))
                                        .isEqualTo(
                                                demand.path("value").asDouble()
                                                        > demand.path("limit").asDouble()));
    }

    @Test
    void numbersThatAreNoLoadAreRefused() {
        assertThatThrownBy(() -> plan(1, 1, 0)).hasMessageContaining("items must be between");
        String[] load = {"scale", "plan", "--recommendations", "1", "--events"};
        assertThat(refusal(load, "-1")).contains("eventsPerSecond must be between");
        assertThat(refusal(load, "1", "--items", "0")).contains("items must be between");
    }

    private static String refusal(String[] words, String... more) {
        Ran ran =
                CommandServer.alone(
                        Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
        assertThat(ran.code()).isEqualTo(1);
        return ran.err();
    }

    private static ScalePlan plan(double events, double recommendations, long items)
            throws Exception {
        return ScalePlan.of(
                template(), units(), PriceList.load(), Workload.of(events, recommendations), items);
    }

    private static StackTemplate template() throws Exception {
        return new StackTemplate(json(TEMPLATE));
    }

    private static MeasuredUnits units() throws Exception {
        return MeasuredUnits.read(json(UNITS));
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
