package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.lake.FakeAws;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudwatch.model.CompositeAlarm;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * What AWS says of the stack of a {@link FakeSite}: answers that the AWS SDK builds from its models
 * and that are sent as the services send them. No account was asked. The services of which the
 * SDK's models are not here (CloudFormation, CloudWatch Logs, SNS, Step Functions) answer as their
 * documentation has it.
 */
final class ModelledAws {
    /** Resources of every stack and of options, each a line of its id, type and name. */
    private static final String RESOURCES =
            """
            Recommend Lambda::Function recommend
            Authorize Lambda::Function authorize
            Catalog Lambda::Function catalog
            Compact Lambda::Function compact
            EventsMapping Lambda::EventSourceMapping uuid
            Events Kinesis::Stream events
            Examples Kinesis::Stream examples
            Users DynamoDB::GlobalTable users
            CollectLog Logs::LogGroup collect
            FeaturesLog Logs::LogGroup features
            TrainLog Logs::LogGroup train
            FeaturesBehindAlarm CloudWatch::Alarm behind
            FeaturesIdleAlarm CloudWatch::Alarm idle
            FeaturesStopped CloudWatch::CompositeAlarm stopped
            LakeNightMissingAlarm CloudWatch::Alarm missing
            QuarantineFillingAlarm CloudWatch::Alarm filling
            """;

    private static final String OF_OPTIONS =
            """
            Retain Lambda::Function retain
            Scale Lambda::Function scale
            Acl WAFv2::WebACL acl
            WorkerService ECS::Service worker
            EventsLeases DynamoDB::GlobalTable leases-events
            ExamplesLeases DynamoDB::GlobalTable leases-examples
            """;

    final FakeAws aws = new FakeAws();

    /** The hours for which each stream keeps its records, by name. */
    final Map<String, Integer> hours = new TreeMap<>(Map.of("events", 24, "examples", 24));

    /** Records in quarantine. */
    int open;

    /** Whether the event source mapping reads. */
    boolean reads = true;

    private final Fault fault;

    ModelledAws(Fault fault) {
        this.fault = fault;
        functions();
        streams();
        stores();
        cloudWatch();
        boolean pending = fault == Fault.MAIL_NOT_CONFIRMED;
        String subscription =
                "<member><SubscriptionArn>%s</SubscriptionArn><Endpoint>%s</Endpoint></member>";
        String confirmed = subscription.formatted("arn:1", "you@example.org");
        String mine =
                subscription.formatted(pending ? "PendingConfirmation" : "arn:2", "me@example.org");
        aws.on(
                "ListSubscriptionsByTopic",
                fault == Fault.NOBODY_SUBSCRIBED ? "<x/>" : "<x>" + confirmed + mine + "</x>");
        // A timeout has neither error nor cause.
        String status = fault == Fault.NIGHT_TIMED_OUT ? "TIMED_OUT" : "SUCCEEDED";
        ObjectNode night = Trial.object().put("executionArn", "night-1").put("status", status);
        aws.on("DescribeExecution", night.put("startDate", 1.796E9).toString());
    }

    /**
     * Has CloudFormation list the resources in two pages.
     *
     * @param plain whether all options are off
     */
    void list(boolean plain) {
        aws.on(
                "ListStackResources",
                request ->
                        request.contains("NextToken")
                                ? page(plain ? "" : OF_OPTIONS, "")
                                : page(RESOURCES, "<NextToken>more</NextToken>"));
    }

    private static String page(String lines, String more) {
        String members =
                lines.lines()
                        .map(
                                line ->
                                        line.replaceFirst(
                                                "(\\S+) (\\S+) (\\S+)",
                                                """
                                                <member><LogicalResourceId>$1</LogicalResourceId>\
                                                <ResourceType>AWS::$2</ResourceType>\
                                                <PhysicalResourceId>$3</PhysicalResourceId></member>\
                                                """))
                        .collect(Collectors.joining());
        return """
        <ListStackResourcesResponse><ListStackResourcesResult>
          <StackResourceSummaries>%s</StackResourceSummaries>%s
        </ListStackResourcesResult></ListStackResourcesResponse>\
        """
                .formatted(members, more);
    }

    private void functions() {
        int most = fault == Fault.NEW_ACCOUNT ? 9 : 10;
        answer(
                "2016-08-19/account-settings/",
                GetAccountSettingsResponse.builder()
                        .accountLimit(limit -> limit.concurrentExecutions(most))
                        .build());
        boolean failing = fault == Fault.MAPPING_FAILS;
        answer(
                "2015-03-31/event-source-mappings/uuid",
                request -> {
                    reads = request.isEmpty() ? reads : request.contains("true");
                    boolean off = fault == Fault.MAPPING_DISABLED || !reads;
                    return GetEventSourceMappingResponse.builder()
                            .state(off ? "Disabled" : "Enabled")
                            .lastProcessingResult(
                                    failing
                                            ? "PROBLEM: Function call failed"
                                            : "No records processed")
                            .build();
                });
        for (String function : List.of("recommend", "authorize", "catalog", "scale")) {
            boolean off = fault == Fault.SNAPSHOT_OFF && function.equals("authorize");
            Map<String, String> variables =
                    Map.of(
                            "FRESHET_EMBEDDER", "minilm",
                            "FRESHET_EVENT_SHARDS_MAX", "8",
                            "FRESHET_API_METRICS", "ApiName=shop,Stage=v1");
            answer(
                    "2015-03-31/functions/" + function + "/configuration",
                    GetFunctionConfigurationResponse.builder()
                            .snapStart(
                                    of ->
                                            of.applyOn("PublishedVersions")
                                                    .optimizationStatus(off ? "Off" : "On"))
                            .environment(of -> of.variables(variables))
                            .build());
        }
    }

    private void streams() {
        answer(
                "PutRecord",
                _ -> {
                    open = 1;
                    return PutRecordResponse.builder()
                            .shardId("shard")
                            .sequenceNumber("01")
                            .build();
                });
        answer(
                "DescribeStreamSummary",
                request -> {
                    int kept = hours.getOrDefault(member(request, "StreamName"), 0);
                    return DescribeStreamSummaryResponse.builder()
                            .streamDescriptionSummary(
                                    of -> of.retentionPeriodHours(kept).openShardCount(1))
                            .build();
                });
        int shards = fault == Fault.SHARDS_SCARCE ? 8 : 200;
        answer(
                "DescribeLimits",
                DescribeLimitsResponse.builder().shardLimit(shards).openShardCount(2).build());
        String vpcs = "<item><vpcId>vpc-1</vpcId></item>";
        aws.on("DescribeVpcs", "<x>" + vpcs.repeat(fault == Fault.VPCS_SCARCE ? 5 : 4) + "</x>");
        aws.on("GetServiceQuota", "{\"Quota\":{\"Value\":5.0}}");
        aws.on(
                "DecreaseStreamRetentionPeriod",
                request -> {
                    int less = Integer.parseInt(member(request, "RetentionPeriodHours"));
                    hours.put(member(request, "StreamName"), less);
                    return "{}";
                });
    }

    private void stores() {
        PointInTimeRecoveryDescription backups =
                PointInTimeRecoveryDescription.builder()
                        .pointInTimeRecoveryStatus(
                                fault == Fault.BACKUPS_OFF ? "DISABLED" : "ENABLED")
                        .build();
        answer(
                "DescribeContinuousBackups",
                DescribeContinuousBackupsResponse.builder()
                        .continuousBackupsDescription(
                                of -> of.pointInTimeRecoveryDescription(backups))
                        .build());
        AttributeValue ended = AttributeValue.fromS("SHARD_END");
        AttributeValue read = AttributeValue.fromS("49590338271490256608559692538361571095");
        String owner = fault == Fault.SHARD_UNOWNED ? "lastOwner" : "leaseOwner";
        Map<String, AttributeValue> shard =
                Map.of("checkpoint", read, owner, AttributeValue.fromS("worker-1"));
        answer(
                "Scan",
                ScanResponse.builder()
                        .items(List.of(Map.of("checkpoint", ended), shard))
                        .consumedCapacity(of -> of.tableName("leases").capacityUnits(0.5))
                        .build());
    }

    private void cloudWatch() {
        answer(
                "DescribeAlarms",
                _ ->
                        DescribeAlarmsResponse.builder()
                                .metricAlarms(
                                        alarm("missing", true),
                                        alarm("behind", fault == Fault.ALARM_SOUNDS),
                                        alarm("filling", open == 1),
                                        MetricAlarm.builder()
                                                .alarmName("idle")
                                                .stateValue("ALARM")
                                                .build())
                                .compositeAlarms(stopped())
                                .build());
        aws.on(
                "SetAlarmState",
                request -> {
                    boolean sounds = member(request, "StateValue").equals("ALARM");
                    if (sounds
                            && member(request, "AlarmName").equals("behind")
                            && fault != Fault.RETENTION_STAYS) {
                        hours.replaceAll((stream, before) -> 168);
                    }
                    return "{}";
                });
        aws.on(
                "GetMetricData",
                request -> {
                    boolean failures = request.contains("\"Errors\"");
                    double sum = failures && fault != Fault.LOOKS_FAIL ? 0 : 40;
                    MetricDataResult.Builder found =
                            MetricDataResult.builder().id("sum").statusCode("Complete");
                    found.values(request.contains("\"Value\":\"shop\"") ? 2.0 : 0.0, sum);
                    String timed =
                            json(found.build())
                                    .toString()
                                    .replaceFirst("}$", ",\"Timestamps\":[1,61]}");
                    return "{\"MetricDataResults\":[%s]}".formatted(timed);
                });
        aws.on(
                "FilterLogEvents",
                request -> {
                    ObjectNode line = Trial.object().put("timestamp", Instant.EPOCH.toString());
                    line.put("function", member(request, "logGroupName"));
                    ObjectNode found = Trial.object();
                    found.putArray("events").addObject().put("message", line.toString());
                    return found.toString();
                });
    }

    private static MetricAlarm alarm(String name, boolean sounds) {
        String state = sounds ? "ALARM" : "OK";
        return MetricAlarm.builder()
                .alarmName(name)
                .stateValue(state)
                .alarmActions("topic")
                .build();
    }

    /** Returns the alarm that sounds while nothing reads, and has the records kept for a week. */
    private CompositeAlarm stopped() {
        boolean sounds = !reads && fault != Fault.STOPPED_UNHEARD;
        if (sounds) {
            hours.replaceAll((stream, before) -> 168);
        }
        return CompositeAlarm.builder()
                .alarmName("stopped")
                .stateValue(sounds ? "ALARM" : "OK")
                .alarmActions("topic", "retain")
                .build();
    }

    /** Returns a member of a request. */
    private static String member(String request, String name) {
        return request.replaceFirst("(?s).*\"" + name + "\":\"?([^\",}]*).*", "$1");
    }

    /** Sets the answer of an operation. */
    private void answer(String operation, SdkPojo answer) {
        answer(operation, _ -> answer);
    }

    /** Sets what makes the answer of an operation of the body of its request. */
    private void answer(String operation, Function<String, SdkPojo> answer) {
        aws.on(operation, request -> json(answer.apply(request)).toString());
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
                    .addAll(list.stream().map(ModelledAws::json).toList());
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((name, each) -> object.set(name.toString(), json(each)));
            return object;
        }
        return new ObjectMapper().valueToTree(value);
    }
}
