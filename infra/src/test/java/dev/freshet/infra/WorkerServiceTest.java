package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        for (String id : List.of("EventsLeases", "ExamplesLeases")) {
            JsonNode table = worker.properties(id);
            assertThat(table.at("/GlobalSecondaryIndexes/0/IndexName").asText())
                    .isEqualTo("LeaseOwnerToLeaseKeyIndex");
            assertThat(worker.resource(id).path("DeletionPolicy").asText()).isEqualTo("Delete");
        }
        assertThat(worker.properties("EventsLeases").path("TableName").asText())
                .isEqualTo("freshet-dev-leases-events");
        assertThat(policies()).doesNotContain("CreateTable").doesNotContain("dynamodb:*");
    }

    /**
     * The Kinesis Client Library describes two tables of its earlier versions when it starts, and
     * ends if that is not allowed.
     */
    @Test
    void itMayAskWhetherTablesOfEarlierVersionsOfTheLibraryExist() {
        for (String application :
                List.of("freshet-dev-leases-events", "freshet-dev-leases-examples")) {
            for (String suffix : List.of("-CoordinatorState", "-WorkerMetricStats")) {
                assertThat(statements())
                        .filteredOn(
                                statement ->
                                        statement
                                                .path("Resource")
                                                .toString()
                                                .contains(":table/" + application + suffix + "\""))
                        .singleElement()
                        .satisfies(
                                statement ->
                                        assertThat(statement.path("Action").asText())
                                                .isEqualTo("dynamodb:DescribeTable"));
            }
        }
    }

    @Test
    void everyRightOfTheTaskNamesItsResource() {
        worker.ofType("AWS::IAM::Policy").values().stream()
                .filter(policy -> policy.toString().contains("Leases"))
                .forEach(
                        policy ->
                                policy.at("/PolicyDocument/Statement")
                                        .forEach(
                                                statement ->
                                                        assertThat(statement.path("Resource"))
                                                                .isNotEqualTo("*")));
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
            JsonNode alarm = worker.properties(consumer + "BehindAlarm");
            assertThat(alarm.path("MetricName").asText()).isEqualTo(consumer + "BehindMs");
            assertThat(alarm.path("Namespace").asText()).isEqualTo("Freshet");
            assertThat(alarm.path("TreatMissingData").asText()).isEqualTo("breaching");
        }
        assertThat(worker.ofType("AWS::CloudWatch::Alarm"))
                .doesNotContainKey("FeaturesBatchesLostAlarm");
    }

    private List<JsonNode> statements() {
        List<JsonNode> statements = new ArrayList<>();
        worker.ofType("AWS::IAM::Policy")
                .values()
                .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(statements::add));
        return statements;
    }

    private JsonNode container() {
        return worker.properties("WorkerTask").at("/ContainerDefinitions/0");
    }

    private String policies() {
        StringBuilder all = new StringBuilder();
        for (Map.Entry<String, JsonNode> policy : worker.ofType("AWS::IAM::Policy").entrySet()) {
            if (policy.getValue().toString().contains("Leases")) {
                all.append(policy.getValue());
            }
        }
        return all.toString();
    }
}
