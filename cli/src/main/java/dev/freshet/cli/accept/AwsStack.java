package dev.freshet.cli.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.MetricData;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.Service;
import dev.freshet.aws.SignedHttp;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.connection.StackOutputs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * A stack on AWS, asked with the caller's rights to describe what it is made of. Each method is one
 * request, or one for each resource of a kind.
 */
final class AwsStack implements Stack.OnAws {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MAX_ALARMS = 100;
    private static final int OK = 200;
    private static final String STREAM = "AWS::Kinesis::Stream";
    private static final String ALARM = "AWS::CloudWatch::Alarm";

    private static final Pattern SUBSCRIPTION =
            Pattern.compile("<member>.*?<Endpoint>(.*?)</Endpoint>.*?</member>", Pattern.DOTALL);

    private final StackOutputs outputs;
    private final Settings settings;
    private final Clients clients;
    private final JsonService alarms;
    private final JsonService logs;
    private final InstantSource clock;
    private final List<StackResourceSummary> resources;

    /** Reads which resources the stack has. The caller closes the clients. */
    AwsStack(
            StackOutputs outputs,
            CloudFormationClient formation,
            Clients clients,
            InstantSource clock) {
        this.outputs = outputs;
        this.settings = Settings.from(outputs.variables());
        this.clients = clients;
        this.alarms = MetricData.service(clients.cloudWatch());
        SignedHttp log = clients.signed(Service.CLOUDWATCH_LOGS, "logs");
        this.logs = new JsonService(log, "Logs_20140328", "1.1");
        this.clock = clock;
        String stack = outputs.stack();
        resources =
                formation
                        .listStackResourcesPaginator(request -> request.stackName(stack))
                        .stackResourceSummaries()
                        .stream()
                        .toList();
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public Clients clients() {
        return clients;
    }

    @Override
    public boolean hasLog() {
        return true;
    }

    @Override
    public Optional<String> output(String name) {
        return outputs.find(name);
    }

    @Override
    public Map<String, String> resources(String type) {
        return resources.stream()
                .filter(each -> each.resourceType().equals(type))
                .collect(
                        Collectors.toMap(
                                StackResourceSummary::logicalResourceId,
                                StackResourceSummary::physicalResourceId));
    }

    @Override
    public String embedder() {
        return variable("Catalog", StackOptions.EMBEDDER, "none");
    }

    @Override
    public void compact() {
        new LambdaCompactionTrigger(clients.lambda(), function("Compact")).request();
    }

    @Override
    public Map<String, JsonNode> log(String text, Instant since) {
        Map<String, JsonNode> lines = new TreeMap<>();
        Map<String, String> groups = resources("AWS::Logs::LogGroup");
        for (String id : List.of("CollectLog", "FeaturesLog", "TrainLog")) {
            ObjectNode request = JSON.createObjectNode().put("logGroupName", groups.get(id));
            request.put("filterPattern", '"' + text + '"').put("startTime", since.toEpochMilli());
            for (JsonNode event : call(logs, "FilterLogEvents", request).path("events")) {
                String message = event.path("message").asText();
                JsonNode line = ask("a line of the log", () -> JSON.readTree(message));
                lines.put(line.path("function").asText(), line);
            }
        }
        return lines;
    }

    @Override
    public int concurrency() {
        JsonNode account = lambda("2016-08-19/account-settings/");
        return account.at("/AccountLimit/ConcurrentExecutions").asInt();
    }

    @Override
    public Map<String, Mapping> mappings() {
        return each(
                "AWS::Lambda::EventSourceMapping",
                id -> {
                    JsonNode mapping = lambda("2015-03-31/event-source-mappings/" + id);
                    String last = mapping.path("LastProcessingResult").asText();
                    return new Mapping(mapping.path("State").asText(), last);
                });
    }

    @Override
    public Map<String, Boolean> snapStart() {
        Map<String, Boolean> found = new TreeMap<>();
        for (String function : List.of("Recommend", "Authorize")) {
            JsonNode state = configuration(function, "?Qualifier=live").path("SnapStart");
            if (state.path("ApplyOn").asText().equals("PublishedVersions")) {
                found.put(function, state.path("OptimizationStatus").asText().equals("On"));
            }
        }
        return found;
    }

    @Override
    public Map<String, Integer> retention() {
        return each(
                STREAM,
                name ->
                        clients.kinesis()
                                .describeStreamSummary(request -> request.streamName(name))
                                .streamDescriptionSummary()
                                .retentionPeriodHours());
    }

    @Override
    public void shorten(String stream, int hours) {
        String name = resources(STREAM).getOrDefault(stream, "");
        clients.kinesis()
                .decreaseStreamRetentionPeriod(
                        request -> request.streamName(name).retentionPeriodHours(hours));
    }

    @Override
    public Map<String, Boolean> recovery() {
        return each(
                "AWS::DynamoDB::GlobalTable",
                name ->
                        clients.dynamoDb()
                                .describeContinuousBackups(request -> request.tableName(name))
                                .continuousBackupsDescription()
                                .pointInTimeRecoveryDescription()
                                .pointInTimeRecoveryStatusAsString()
                                .equals("ENABLED"));
    }

    @Override
    public Map<String, Boolean> subscriptions() {
        String topic = outputs.require("AlarmTopicArn", "has no topic of alarms.");
        SignedHttp sns = clients.signed(Service.SNS, "sns");
        String list = "ListSubscriptionsByTopic";
        Map<String, String> of = Map.of("TopicArn", topic);
        String all = ask(list, () -> text(sns.form(list, "2010-03-31", of)));
        Map<String, Boolean> found = new TreeMap<>();
        Matcher each = SUBSCRIPTION.matcher(all);
        while (each.find()) {
            found.put(each.group(1), !each.group().contains("PendingConfirmation"));
        }
        return found.isEmpty() ? Map.of("nobody", false) : found;
    }

    @Override
    public Map<String, String> alarms() {
        ObjectNode request = JSON.createObjectNode().put("MaxRecords", MAX_ALARMS);
        Map<String, String> names = resources(ALARM);
        names.values().forEach(request.putArray("AlarmNames")::add);
        Map<String, String> states = new TreeMap<>();
        for (JsonNode each : call(alarms, "DescribeAlarms", request).path("MetricAlarms")) {
            states.put(each.path("AlarmName").asText(), each.path("StateValue").asText());
        }
        return each(ALARM, name -> states.getOrDefault(name, "absent"));
    }

    @Override
    public void setAlarm(String alarm, boolean sounding) {
        ObjectNode request = JSON.createObjectNode().put("AlarmName", resources(ALARM).get(alarm));
        request.put("StateValue", sounding ? "ALARM" : "OK");
        request.put("StateReason", "freshet accept tries what the alarm does.");
        call(alarms, "SetAlarmState", request);
    }

    @Override
    public double requests(Instant since) {
        String metrics = variable("Recommend", Setting.API_METRICS, "");
        Settings named = Settings.from(Map.of(Setting.API_METRICS.variable(), metrics));
        return sum("AWS/ApiGateway", "Count", named.apiMetrics(), since);
    }

    @Override
    public Invocations invocations(String function, Instant since) {
        Map<String, String> dimensions = Map.of("FunctionName", function(function));
        double all = sum("AWS/Lambda", "Invocations", dimensions, since);
        return new Invocations(all, sum("AWS/Lambda", "Errors", dimensions, since));
    }

    private double sum(String space, String metric, Map<String, String> of, Instant since) {
        MetricData.Query query = new MetricData.Query("sum", space, metric, of, "Sum", MINUTE);
        return new MetricData(clients.cloudWatch())
                        .ask(List.of(query), since, clock.instant(), 2)
                        .getOrDefault("sum", List.of())
                        .stream()
                        .mapToDouble(MetricData.Point::value)
                        .sum();
    }

    private String function(String id) {
        return resources(FUNCTION).getOrDefault(id, "");
    }

    private JsonNode configuration(String function, String qualifier) {
        String name = function(function);
        return lambda("2015-03-31/functions/%s/configuration%s".formatted(name, qualifier));
    }

    private String variable(String function, EnvironmentVariable variable, String otherwise) {
        JsonNode variables = configuration(function, "").at("/Environment/Variables");
        return variables.path(variable.variable()).asText(otherwise);
    }

    private <T> Map<String, T> each(String type, Function<String, T> ask) {
        Map<String, T> found = new TreeMap<>();
        resources(type).forEach((id, name) -> found.put(id, ask.apply(name)));
        return found;
    }

    private JsonNode lambda(String path) {
        return ask(path, () -> JSON.readTree(text(clients.lambda().get("/" + path))));
    }

    private static JsonNode call(JsonService service, String operation, JsonNode request) {
        return ask(operation, () -> service.call(operation, request));
    }

    private static String text(SignedHttp.Response got) {
        CommandException.require(
                got.status() == OK, "AWS answered %d: %s", got.status(), got.body());
        return got.body();
    }

    private interface Request<T> {
        T send() throws IOException;
    }

    /** Returns what is asked for; a failure names it. */
    private static <T> T ask(String what, Request<T> request) {
        try {
            return request.send();
        } catch (IOException failed) {
            throw new CommandException(failed, "%s: %s", what, failed.getMessage());
        }
    }
}
