package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.template.Template;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;

/** What a synthesized CloudFormation template says about costs. */
public final class StackTemplate {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The longest time that a synthesis may take. */
    private static final long LIMIT_SECONDS = 300;

    /** The type of the application that runs batch jobs. */
    static final String BATCH = "AWS::EMRServerless::Application";

    private final Template template;

    /** Wraps a parsed template. */
    public StackTemplate(JsonNode template) {
        this.template = new Template(template);
    }

    /**
     * Returns the stack that options describe, synthesized by the CDK app of the checkout into a
     * folder below {@code target}.
     *
     * @param name of the folder
     * @param options the CDK context
     */
    static StackTemplate synthesized(String name, Map<String, String> options)
            throws InterruptedException {
        Path home = Checkout.find();
        Path out = home.resolve("infra/target/cost").resolve(name);
        Path log = out.resolveSibling(name + ".log");
        try {
            Files.createDirectories(out);
            ProcessBuilder app =
                    new ProcessBuilder(
                                    "sh", home.resolve("infra/app.sh").toString(), out.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .redirectInput(new File("/dev/null"));
            app.environment().put("CDK_CONTEXT_JSON", JSON.writeValueAsString(options));
            Process running = app.start();
            if (!running.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly();
                throw new CommandException("The stack was not synthesized in five minutes.");
            }
            if (running.exitValue() != 0) {
                String why = Files.readString(log).strip();
                throw new CommandException("The stack could not be synthesized: %s", why);
            }
            return new StackTemplate(json(out.resolve("Freshet.template.json")));
        } catch (IOException unusable) {
            throw new CommandException("The stack could not be synthesized: " + unusable);
        }
    }

    /** Reads a JSON file that the caller named. */
    static JsonNode json(Path file) {
        try {
            return JSON.readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new CommandException(file + " cannot be read as JSON: " + unreadable);
        }
    }

    int count(String type) {
        return template.ofType(type).size();
    }

    /** Returns the properties of the resources of a type. */
    List<JsonNode> ofType(String type) {
        return template.propertiesOf(type);
    }

    List<JsonNode> streams() {
        return ofType("AWS::Kinesis::Stream");
    }

    /** Returns the shards of a stream by its logical id; 0 if there is no such stream. */
    int shards(String stream) {
        return template.properties(stream).path("ShardCount").asInt(0);
    }

    /**
     * Returns whether streams always keep records for longer than the 24 hours that cost nothing.
     * Their property is the most that they keep, of which the function Retain takes away.
     */
    boolean keepsLonger() {
        String least = "/Environment/Variables/" + StackOptions.STREAM_RETENTION.variable();
        return template.properties("Retain").at(least).asText().equals("week");
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
        return template.properties(function).path("MemorySize").asDouble(0) / 1024;
    }

    boolean traces(String function) {
        return template.properties(function).at("/TracingConfig/Mode").asText().equals("Active");
    }

    /** Returns whether Lambda writes lines of its own for each invocation of a function. */
    boolean logsInvocations(String function) {
        return !template.properties(function)
                .at("/LoggingConfig/SystemLogLevel")
                .asText()
                .equals("WARN");
    }

    /**
     * Returns the invocations of each function in a month by schedules, by its logical id. Aliases
     * are left out: they are invoked once a day.
     */
    Map<String, Double> scheduled() {
        Map<String, Double> runs = new TreeMap<>();
        for (JsonNode rule : ofType("AWS::Events::Rule")) {
            Optional<Duration> every = Template.rate(rule.path("ScheduleExpression").asText());
            for (JsonNode target : rule.path("Targets")) {
                String function = target.at("/Arn/Fn::GetAtt/0").asText();
                if (every.isPresent() && !function.isEmpty()) {
                    runs.merge(
                            function,
                            Workload.MONTH_SECONDS / every.get().toSeconds(),
                            Double::sum);
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
        return template.ids().contains(function);
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
        return template.ids().stream()
                .map(template::properties)
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
}
