package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** What a synthesized CloudFormation template says about costs. */
public final class StackTemplate {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");
    private static final double MONTH_MINUTES = 730 * 60.0;

    private final JsonNode resources;

    /** Wraps a parsed template. */
    public StackTemplate(JsonNode template) {
        resources = template.path("Resources");
    }

    int count(String type) {
        return ofType(type).size();
    }

    /** Returns the properties of the resources of a type. */
    List<JsonNode> ofType(String type) {
        return StreamSupport.stream(resources.spliterator(), false)
                .filter(resource -> resource.path("Type").asText().equals(type))
                .map(resource -> resource.path("Properties"))
                .toList();
    }

    List<JsonNode> streams() {
        return ofType("AWS::Kinesis::Stream");
    }

    /** Returns the shards of a stream by its logical id; 0 if there is no such stream. */
    int shards(String stream) {
        return resources.path(stream).at("/Properties/ShardCount").asInt(0);
    }

    /** Returns whether a stream keeps records for longer than the 24 hours that cost nothing. */
    static boolean keepsLonger(JsonNode stream) {
        return stream.path("RetentionPeriodHours").asInt(24) > 24;
    }

    /** Returns the number of metrics that alarms watch; AWS charges for each. */
    int alarmMetrics() {
        int metrics = 0;
        for (JsonNode alarm : ofType("AWS::CloudWatch::Alarm")) {
            long ofMath =
                    StreamSupport.stream(alarm.path("Metrics").spliterator(), false)
                            .filter(metric -> metric.has("MetricStat"))
                            .count();
            metrics += (int) Math.max(1, ofMath);
        }
        return metrics;
    }

    /** Returns the memory of a function in GB; 0 if the template has no such function. */
    double memoryGb(String function) {
        return function(function).path("MemorySize").asDouble(0) / 1024;
    }

    boolean traces(String function) {
        return function(function).at("/TracingConfig/Mode").asText().equals("Active");
    }

    /** Returns whether Lambda writes lines of its own for each invocation of a function. */
    boolean logsInvocations(String function) {
        return !function(function).at("/LoggingConfig/SystemLogLevel").asText().equals("WARN");
    }

    /**
     * Returns the invocations of each function in a month by schedules, by its logical id. Aliases
     * are left out: they are invoked once a day.
     */
    Map<String, Double> scheduled() {
        Map<String, Double> runs = new TreeMap<>();
        for (JsonNode rule : ofType("AWS::Events::Rule")) {
            Matcher rate = RATE.matcher(rule.path("ScheduleExpression").asText());
            if (rate.matches()) {
                double every =
                        Integer.parseInt(rate.group(1))
                                * switch (rate.group(2)) {
                                    case "minute" -> 1.0;
                                    case "hour" -> 60.0;
                                    default -> 1440.0;
                                };
                for (JsonNode target : rule.path("Targets")) {
                    String function = target.at("/Arn/Fn::GetAtt/0").asText();
                    if (!function.isEmpty()) {
                        runs.merge(function, MONTH_MINUTES / every, Double::sum);
                    }
                }
            }
        }
        return runs;
    }

    /**
     * Returns whether a worker consumes the streams: its code does the work of <em>features</em>
     * and <em>train</em>, which no stream invokes then.
     */
    boolean hasWorker() {
        return count("AWS::ECS::Service") > 0;
    }

    boolean hasFunction(String function) {
        return resources.has(function);
    }

    /** Returns whether callers come through an HTTP API instead of a REST API. */
    boolean isHttpApi() {
        return count("AWS::ApiGatewayV2::Api") > 0;
    }

    /** Returns whether the API compresses responses for clients that accept it, as browsers do. */
    boolean compressesResponses() {
        return ofType("AWS::ApiGateway::RestApi").stream()
                .anyMatch(api -> api.has("MinimumCompressionSize"));
    }

    boolean logsRequests() {
        return StreamSupport.stream(resources.spliterator(), false)
                .map(resource -> resource.path("Properties"))
                .anyMatch(stage -> stage.has("AccessLogSetting") || stage.has("AccessLogSettings"));
    }

    boolean recoversTables() {
        return ofType("AWS::DynamoDB::GlobalTable").stream()
                .anyMatch(
                        table ->
                                table.at(
                                                "/Replicas/0/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                                        .asBoolean());
    }

    private JsonNode function(String id) {
        return resources.path(id).path("Properties");
    }
}
