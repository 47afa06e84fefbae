package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkerServiceTest {
    private final Synthesized functions = Synthesized.dev();
    private final Synthesized worker = Synthesized.worker();

    @Test
    void theWorkerReplacesTheMappings() {
        assertThat(worker.ofType("AWS::Lambda::EventSourceMapping")).isEmpty();
        assertThat(worker.properties("WorkerService").path("DesiredCount").asInt()).isEqualTo(2);
        assertThat(functions.ofType("AWS::Lambda::EventSourceMapping")).hasSize(2);
        assertThat(functions.ofType("AWS::ECS::Service")).isEmpty();
        assertThat(functions.ofType("AWS::EC2::VPC")).isEmpty();
        assertThat(functions.ofType("AWS::DynamoDB::GlobalTable")).hasSize(9);
    }

    @Test
    void itsEnvironmentIsThatOfBothFunctions() {
        Set<String> wanted = new TreeSet<>(Set.of("FRESHET_EVENTS_STREAM", "FRESHET_LEASES"));
        for (String function : List.of("Features", "Train")) {
            worker.properties(function)
                    .at("/Environment/Variables")
                    .fieldNames()
                    .forEachRemaining(wanted::add);
        }
        wanted.remove("JAVA_TOOL_OPTIONS"); // the image sets the options of its own JVM
        assertThat(container().path("Environment"))
                .extracting(variable -> variable.path("Name").asText())
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void itHasMoreTimeToStopThanItNeeds() {
        assertThat(container().path("StopTimeout").asInt()).isEqualTo(60);
    }

    @Test
    void itsTablesOfLeasesAreTheStacks() {
        worker.assertProperties(
                """
                EventsLeases/GlobalSecondaryIndexes/0/IndexName = LeaseOwnerToLeaseKeyIndex
                EventsLeases/.DeletionPolicy = Delete
                EventsLeases/TableName = freshet-dev-leases-events
                ExamplesLeases/GlobalSecondaryIndexes/0/IndexName = LeaseOwnerToLeaseKeyIndex
                ExamplesLeases/.DeletionPolicy = Delete
                """);
    }

    @Test
    void thereIsNoNatGatewayAndNoInboundTraffic() {
        assertThat(worker.ofType("AWS::EC2::NatGateway")).isEmpty();
        assertThat(
                        worker.properties("WorkerService")
                                .at("/NetworkConfiguration/AwsvpcConfiguration/AssignPublicIp")
                                .asText())
                .isEqualTo("ENABLED");
        assertThat(worker.ofType("AWS::EC2::SecurityGroup").values())
                .isNotEmpty()
                .allSatisfy(
                        group ->
                                assertThat(group.path("SecurityGroupIngress").isMissingNode())
                                        .isTrue());
        assertThat(worker.ofType("AWS::EC2::SecurityGroupIngress")).isEmpty();
        assertThat(worker.ofType("AWS::EC2::VPCEndpoint").values())
                .hasSize(2)
                .allSatisfy(
                        endpoint ->
                                assertThat(endpoint.path("VpcEndpointType").asText())
                                        .isEqualTo("Gateway"));
    }

    @Test
    void retentionIsNotJudgedByFunctionsThatReadNothing() {
        assertThat(worker.properties("Retain").at("/Environment/Variables").fieldNames())
                .toIterable()
                .contains("FRESHET_EVENTS_STREAM", "FRESHET_STACK", "FRESHET_MODEL_ID")
                .doesNotContain("FRESHET_FEATURES_FUNCTION", "FRESHET_TRAIN_FUNCTION");
    }

    @Test
    void aWorkerThatIsBehindOrSilentIsReported() {
        for (String consumer : List.of("Features", "Train")) {
            worker.assertProperties(
                    """
                    %1$sBehindAlarm/MetricName = %1$sBehindMs
                    %1$sBehindAlarm/Namespace = Freshet
                    %1$sBehindAlarm/TreatMissingData = breaching
                    """
                            .formatted(consumer));
        }
        assertThat(worker.ofType("AWS::CloudWatch::Alarm"))
                .doesNotContainKey("FeaturesBatchesLostAlarm");
    }

    private JsonNode container() {
        return worker.properties("WorkerTask").at("/ContainerDefinitions/0");
    }
}
