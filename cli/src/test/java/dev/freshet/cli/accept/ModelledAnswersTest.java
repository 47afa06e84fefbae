package dev.freshet.cli.accept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.lake.FakeAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * A stack on AWS as answers describe it that are built by the AWS SDK from its models and sent as
 * the services send them. No account was asked. The two services of which the SDK's models are not
 * here, CloudWatch Logs and SNS, answer as their documentation has it.
 */
class ModelledAnswersTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @AutoClose private final FakeAws aws = new FakeAws();

    static String wire(SdkPojo answer) {
        return json(answer).toString();
    }

    /** Returns a value of the SDK's model as the JSON of its service, by the model's names. */
    private static JsonNode json(Object value) {
        if (value instanceof SdkPojo pojo) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (SdkField<?> field : pojo.sdkFields()) {
                Object each = field.getValueOrDefault(pojo);
                if (each != null) {
                    object.set(field.locationName(), json(each));
                }
            }
            return object;
        }
        if (value instanceof List<?> list) {
            return JsonNodeFactory.instance
                    .arrayNode()
                    .addAll(list.stream().map(ModelledAnswersTest::json).toList());
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((name, each) -> object.set(name.toString(), json(each)));
            return object;
        }
        return new ObjectMapper().valueToTree(value);
    }

    /** Returns resources, each a line of its id, type and name. */
    private static List<StackResourceSummary> resources(String lines) {
        return lines.lines()
                .map(line -> line.split(" ", 3))
                .map(
                        part ->
                                StackResourceSummary.builder()
                                        .logicalResourceId(part[0])
                                        .resourceType("AWS::" + part[1])
                                        .physicalResourceId(part[2])
                                        .build())
                .toList();
    }

    private static final String FIRST_PAGE =
            """
            Recommend Lambda::Function r
            Authorize Lambda::Function a
            Catalog Lambda::Function c
            Train Lambda::Function t
            """;

    private static final String SECOND_PAGE =
            """
            EventsMapping Lambda::EventSourceMapping uuid-1
            Events Kinesis::Stream events-1
            Users DynamoDB::GlobalTable users-1
            CollectLog Logs::LogGroup /aws/c
            FeaturesBehindAlarm CloudWatch::Alarm behind-1
            """;

    private final CloudFormationClient formation =
            new CloudFormationClient() {
                @Override
                public ListStackResourcesResponse listStackResources(
                        ListStackResourcesRequest request) {
                    boolean first = request.nextToken() == null;
                    return ListStackResourcesResponse.builder()
                            .nextToken(first ? "more" : null)
                            .stackResourceSummaries(resources(first ? FIRST_PAGE : SECOND_PAGE))
                            .build();
                }

                @Override
                public String serviceName() {
                    return "cloudformation";
                }

                @Override
                public void close() {}
            };

    private final AwsStack stack =
            new AwsStack(
                    new StackOutputs("shop", Map.of("AlarmTopicArn", "arn:aws:sns:::alarms")),
                    formation,
                    aws.clients(),
                    () -> NOW);

    @Test
    void modelledResourcesAreOfAllPages() {
        assertThat(stack.resources("AWS::Kinesis::Stream"))
                .containsOnly(entry("Events", "events-1"));
        assertThat(stack.resources("AWS::Lambda::Function")).hasSize(4);
    }

    @Test
    void modelledAnswersOfLambda() {
        aws.on(
                "2016-08-19/account-settings/",
                wire(
                        GetAccountSettingsResponse.builder()
                                .accountLimit(limit -> limit.concurrentExecutions(10))
                                .build()));
        aws.on(
                "2015-03-31/event-source-mappings/uuid-1",
                wire(
                        GetEventSourceMappingResponse.builder()
                                .state("Enabled")
                                .lastProcessingResult("PROBLEM: Function call failed")
                                .build()));
        aws.on("2015-03-31/functions/r/configuration", configuration("On"));
        aws.on("2015-03-31/functions/a/configuration", configuration("Off"));
        aws.on("2015-03-31/functions/c/configuration", configuration("Off"));

        assertThat(stack.concurrency()).isEqualTo(10);
        Stack.Mapping mapping = new Stack.Mapping("Enabled", "PROBLEM: Function call failed");
        assertThat(stack.mappings()).containsOnly(entry("EventsMapping", mapping));
        assertThat(mapping.isWell()).isFalse();
        assertThat(new Stack.Mapping("Enabled", "No records processed").isWell()).isTrue();
        assertThat(new Stack.Mapping("Disabled", "OK").isWell()).isFalse();
        assertThat(stack.snapStart())
                .containsOnly(entry("Recommend", true), entry("Authorize", false));
        assertThat(stack.embedder()).isEqualTo("minilm");
    }

    private static String configuration(String optimized) {
        Map<String, String> variables =
                Map.of(
                        "FRESHET_EMBEDDER", "minilm",
                        "FRESHET_API_METRICS", "ApiName=shop,Stage=v1");
        return wire(
                GetFunctionConfigurationResponse.builder()
                        .snapStart(
                                of -> of.applyOn("PublishedVersions").optimizationStatus(optimized))
                        .environment(of -> of.variables(variables))
                        .build());
    }

    @Test
    void modelledAnswersOfStores() {
        aws.on(
                "DescribeStreamSummary",
                wire(
                        DescribeStreamSummaryResponse.builder()
                                .streamDescriptionSummary(each -> each.retentionPeriodHours(168))
                                .build()));
        aws.on(
                "DescribeContinuousBackups",
                wire(
                        DescribeContinuousBackupsResponse.builder()
                                .continuousBackupsDescription(
                                        of ->
                                                of.pointInTimeRecoveryDescription(
                                                        it ->
                                                                it.pointInTimeRecoveryStatus(
                                                                        "DISABLED")))
                                .build()));
        aws.on("DecreaseStreamRetentionPeriod", "{}");

        assertThat(stack.retention()).containsOnly(entry("Events", 168));
        assertThat(stack.recovery()).containsOnly(entry("Users", false));
        stack.shorten("Events", 24);
        assertThat(aws.requests().getLast())
                .startsWith("DecreaseStreamRetentionPeriod")
                .contains("\"StreamName\":\"events-1\"", "\"RetentionPeriodHours\":24");
    }

    @Test
    void modelledAnswersOfCloudWatch() {
        MetricAlarm behind =
                MetricAlarm.builder().alarmName("behind-1").stateValue("ALARM").build();
        aws.on(
                "DescribeAlarms",
                wire(DescribeAlarmsResponse.builder().metricAlarms(behind).build()));
        aws.on("SetAlarmState", "{}");
        aws.on("2015-03-31/functions/r/configuration", configuration("On"));
        MetricDataResult.Builder sum =
                MetricDataResult.builder().id("sum").statusCode("Complete").values(40.0, 2.0);
        String timed = wire(sum.build()).replaceFirst("}$", ",\"Timestamps\":[1,61]}");
        aws.on("GetMetricData", "{\"MetricDataResults\":[%s]}".formatted(timed));

        assertThat(stack.alarms()).containsOnly(entry("FeaturesBehindAlarm", "ALARM"));
        stack.setAlarm("FeaturesBehindAlarm", false);
        assertThat(aws.requests().getLast())
                .contains("\"AlarmName\":\"behind-1\"", "\"StateValue\":\"OK\"");
        assertThat(stack.requests(NOW.minusSeconds(600))).isEqualTo(42);
        assertThat(aws.requests().getLast()).contains("ApiGateway", "\"Value\":\"shop\"");
    }

    @Test
    void documentedAnswersOfLogsAndSns() {
        aws.on(
                "FilterLogEvents",
                "{\"events\":[{\"message\":\"{\\\"function\\\":\\\"collect\\\"}\"}]}");
        aws.on(
                "",
                "<x><member><Endpoint>me@example.org</Endpoint><SubscriptionArn>PendingConfirmation"
                        + "</SubscriptionArn></member><member><SubscriptionArn>arn:1</SubscriptionArn>"
                        + "<Endpoint>you@example.org</Endpoint></member></x>");

        assertThat(stack.log("0af7", NOW)).containsOnlyKeys("collect");
        assertThat(stack.subscriptions())
                .containsOnly(entry("me@example.org", false), entry("you@example.org", true));
        aws.on("", "<x/>");
        assertThat(stack.subscriptions()).containsOnly(entry("nobody", false));
    }

    @Test
    void aRefusalIsASentence() {
        assertThatThrownBy(stack::concurrency)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("AWS answered 400");
        assertThatThrownBy(stack::alarms).hasMessageContaining("DescribeAlarms");
    }
}
