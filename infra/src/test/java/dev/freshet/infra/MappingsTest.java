package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MappingsTest {
    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";

    private final Synthesized dev = Synthesized.dev();

    @Test
    void eventsFeedFeaturesAndExamplesFeedTrain() {
        assertThat(dev.ofType(MAPPING)).hasSize(2);
        dev.assertProperties(
                """
                EventsMapping/EventSourceArn = Events
                EventsMapping/FunctionName = FeaturesLive
                ExamplesMapping/EventSourceArn = Examples
                ExamplesMapping/FunctionName = TrainLive
                """);
    }

    /** A batch that expires nevertheless is written to the quarantine as a whole. */
    @ParameterizedTest
    @ValueSource(strings = {"EventsMapping", "ExamplesMapping"})
    void nothingIsGivenUpWhileTheStreamHoldsItAndNothingOvertakes(String mapping) {
        dev.assertProperties(
                """
                %1$s/MaximumRetryAttempts = -1
                %1$s/MaximumRecordAgeInSeconds = 601200
                %1$s/ParallelizationFactor = 1
                %1$s/BisectBatchOnFunctionError = true
                %1$s/StartingPosition = TRIM_HORIZON
                %1$s/FunctionResponseTypes = ["ReportBatchItemFailures"]
                %1$s/DestinationConfig/OnFailure/Destination = QuarantineBucket
                """
                        .formatted(mapping));
    }

    @Test
    void aMappingIsMadeAfterTheRightsItNeeds() {
        for (String id : dev.ofType(MAPPING).keySet()) {
            String alias = dev.properties(id).at("/FunctionName/Ref").asText();
            String function = dev.properties(alias).at("/FunctionName/Ref").asText();
            String role = dev.properties(function).at("/Role/Fn::GetAtt/0").asText();
            assertThat(dev.resource(id).path("DependsOn"))
                    .extracting(other -> dev.properties(other.asText()).at("/Roles/0/Ref").asText())
                    .contains(role);
        }
    }

    @Test
    void anotherReaderBeginsAtTheTimeThatTheOptionSays() {
        Synthesized.with(Map.of("fanOut", "true", "readFrom", "2026-12-01T10:00:00Z"))
                .assertProperties(
                        """
                        EventsMapping/StartingPosition = AT_TIMESTAMP
                        EventsMapping/StartingPositionTimestamp = 1796119200
                        ExamplesMapping/StartingPosition = AT_TIMESTAMP
                        """);
        assertThat(dev.properties("EventsMapping").has("StartingPositionTimestamp")).isFalse();
        Synthesized worker =
                Synthesized.with(Map.of("consumer", "worker", "readFrom", "2026-12-01T10:00:00Z"));
        assertThat(worker.properties("WorkerTask").toString())
                .contains("{\"Name\":\"FRESHET_READ_FROM\",\"Value\":\"2026-12-01T10:00:00Z\"}");
    }

    @Test
    void withFanOutEachFunctionIsPushedThroughAConsumerOfItsOwn() {
        Synthesized fanOut = Synthesized.decided();
        assertThat(dev.ofType("AWS::Kinesis::StreamConsumer")).isEmpty();
        assertThat(fanOut.ofType(MAPPING).values())
                .extracting(mapping -> mapping.at("/EventSourceArn/Fn::GetAtt/0").asText())
                .hasSize(2)
                .containsExactlyInAnyOrderElementsOf(
                        fanOut.ofType("AWS::Kinesis::StreamConsumer").keySet());
    }
}
