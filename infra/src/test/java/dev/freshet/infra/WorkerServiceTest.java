package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        List<String> names = new ArrayList<>();
        container()
                .path("Environment")
                .forEach(variable -> names.add(variable.path("Name").asText()));
        List<String> wanted = new ArrayList<>(List.of("FRESHET_EVENTS_STREAM", "FRESHET_LEASES"));
        for (String function : List.of("Features", "Train")) {
            worker.properties(function)
                    .at("/Environment/Variables")
                    .fieldNames()
                    .forEachRemaining(
                            name -> {
                                // The image sets the options of its own JVM.
                                if (!name.equals("JAVA_TOOL_OPTIONS") && !wanted.contains(name)) {
                                    wanted.add(name);
                                }
                            });
        }
        assertThat(names).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void itHasMoreTimeToStopThanItNeeds() {
        assertThat(container().path("StopTimeout").asInt()).isEqualTo(60);
    }

    @Test
    void itsTablesOfLeasesAreTheStacksAndNoneCanBeMadeByIt() {
        worker.assertProperties(
                """
                EventsLeases/GlobalSecondaryIndexes/0/IndexName = LeaseOwnerToLeaseKeyIndex
                EventsLeases/.DeletionPolicy = Delete
                EventsLeases/TableName = freshet-dev-leases-events
                ExamplesLeases/GlobalSecondaryIndexes/0/IndexName = LeaseOwnerToLeaseKeyIndex
                ExamplesLeases/.DeletionPolicy = Delete
                """);
        assertThat(policies()).doesNotContain("CreateTable").doesNotContain("dynamodb:*");
    }

    /**
     * The Kinesis Client Library describes two tables of its earlier versions when it starts, and
     * ends if that is not allowed.
     */
    @Test
    void itMayAskWhetherTablesOfEarlierVersionsOfTheLibraryExist() {
        Map<String, Set<String>> rights = worker.rights("WorkerRole");
        for (String kind : List.of("events", "examples")) {
            for (String suffix : List.of("CoordinatorState", "WorkerMetricStats")) {
                String table =
                        "arn:aws:dynamodb:REGION:ACCOUNT:table/freshet-dev-leases-%s-%s"
                                .formatted(kind, suffix);
                assertThat(rights.get(table)).containsExactly("dynamodb:DescribeTable");
            }
        }
    }

    @Test
    void everyRightOfTheTaskNamesItsResource() {
        assertThat(worker.rights("WorkerRole")).isNotEmpty().doesNotContainKey("*");
        assertThat(policies())
                .contains("kinesis:GetRecords", "EventsLeases", "ExamplesLeases", "dynamodb:Scan");
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

    private String policies() {
        return worker.rights("WorkerRole").toString();
    }
}
