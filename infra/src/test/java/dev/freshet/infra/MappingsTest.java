package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MappingsTest {
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Synthesized dev = Synthesized.dev();

    @Test
    void eventsFeedFeaturesAndExamplesFeedTrain() {
        Map<String, JsonNode> mappings = dev.ofType(MAPPING);
        assertThat(mappings.keySet()).containsExactlyInAnyOrder("EventsMapping", "ExamplesMapping");
        assertThat(dev.properties("EventsMapping").at("/EventSourceArn/Fn::GetAtt/0").asText())
                .isEqualTo("Events");
        assertThat(dev.properties("EventsMapping").at("/FunctionName/Ref").asText())
                .isEqualTo("Features");
        assertThat(dev.properties("ExamplesMapping").at("/EventSourceArn/Fn::GetAtt/0").asText())
                .isEqualTo("Examples");
        assertThat(dev.properties("ExamplesMapping").at("/FunctionName/Ref").asText())
                .isEqualTo("Train");
    }

    @Test
    void nothingIsGivenUpWhileTheStreamHoldsItAndNothingOvertakes() {
        assertThat(dev.ofType(MAPPING).values())
                .allSatisfy(
                        mapping -> {
                            assertThat(mapping.path("MaximumRetryAttempts").asInt()).isEqualTo(-1);
                            assertThat(mapping.path("MaximumRecordAgeInSeconds").asInt())
                                    .isBetween(6 * 86_400, 7 * 86_400 - 1);
                            assertThat(mapping.path("ParallelizationFactor").asInt()).isEqualTo(1);
                            assertThat(mapping.path("BisectBatchOnFunctionError").asBoolean())
                                    .isTrue();
                            assertThat(mapping.path("StartingPosition").asText())
                                    .isEqualTo("TRIM_HORIZON");
                            assertThat(mapping.path("FunctionResponseTypes"))
                                    .hasSize(1)
                                    .allSatisfy(
                                            type ->
                                                    assertThat(type.asText())
                                                            .isEqualTo("ReportBatchItemFailures"));
                        });
    }

    @Test
    void aBatchThatExpiresIsWrittenToQuarantineAsAWhole() {
        assertThat(dev.ofType(MAPPING).values())
                .allSatisfy(
                        mapping ->
                                assertThat(
                                                mapping.at(
                                                                "/DestinationConfig/OnFailure/Destination/Fn::GetAtt/0")
                                                        .asText())
                                        .isEqualTo("QuarantineBucket"));
    }

    @Test
    void aMappingIsMadeAfterTheRightsItNeeds() {
        dev.ofType(MAPPING)
                .keySet()
                .forEach(
                        id -> {
                            String function =
                                    dev.resource(id).at("/Properties/FunctionName/Ref").asText();
                            String role =
                                    dev.properties(function).at("/Role/Fn::GetAtt/0").asText();
                            assertThat(dev.resource(id).path("DependsOn"))
                                    .anySatisfy(
                                            other ->
                                                    assertThat(
                                                                    dev.resource(other.asText())
                                                                            .at(
                                                                                    "/Properties/Roles/0/Ref")
                                                                            .asText())
                                                            .isEqualTo(role));
                        });
    }

    @Test
    void withFanOutEachFunctionIsPushedThroughAConsumerOfItsOwn() {
        Synthesized fanOut = Synthesized.decided();
        assertThat(dev.ofType("AWS::Kinesis::StreamConsumer")).isEmpty();
        assertThat(fanOut.ofType("AWS::Kinesis::StreamConsumer")).hasSize(2);
        fanOut.ofType(MAPPING)
                .forEach(
                        (id, mapping) -> {
                            String consumer = mapping.at("/EventSourceArn/Fn::GetAtt/0").asText();
                            assertThat(fanOut.ofType("AWS::Kinesis::StreamConsumer"))
                                    .containsKey(consumer);
                            assertThat(fanOut.ofType("AWS::IAM::Policy").values())
                                    .anySatisfy(
                                            policy ->
                                                    assertThat(policy.toString())
                                                            .contains("kinesis:SubscribeToShard")
                                                            .contains(consumer));
                        });
    }
}
