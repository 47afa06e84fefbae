package dev.freshet.cli.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.check.Sha256;
import dev.freshet.console.CommandException;
import dev.freshet.folder.Checkout;
import dev.freshet.template.Template;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** What a synthesized CloudFormation template says about costs. */
public final class StackTemplate {
    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The name of a template in the folder of its assembly. */
    private static final String TEMPLATE = "Freshet.template.json";

    /** The longest time that synthesis may take. */
    private static final long LIMIT_SECONDS = 300;

    /** The type of the application that runs batch jobs. */
    static final String BATCH = "AWS::EMRServerless::Application";

    private final Template template;

    /** Wraps a parsed template. */
    public StackTemplate(JsonNode template) {
        this.template = new Template(template);
    }

    /**
     * Returns the stacks that sets of options describe, by the names of the sets. A stack without
     * options is that of the last build; the others are synthesized in one process by the CDK app
     * of the checkout, into folders below {@code target} that serve until the next build.
     *
     * @param sets CDK contexts, by names that may begin the name of a folder
     * @param progress receives a sentence before anything is synthesized, and one for each stack
     */
    static Map<String, StackTemplate> synthesized(
            Map<String, Map<String, String>> sets, Consumer<String> progress)
            throws InterruptedException {
        Path home = Checkout.find();
        Path infra = home.resolve("infra");
        Path out = infra.resolve("target/cost");
        Path built = infra.resolve("target/cdk.out").resolve(TEMPLATE);
        Map<String, Path> templates = new TreeMap<>();
        Map<String, Map<String, String>> left = new TreeMap<>();
        for (Map.Entry<String, Map<String, String>> set : sets.entrySet()) {
            String options = new TreeMap<>(set.getValue()).toString();
            String folder = set.getKey() + "-" + Sha256.of(options.getBytes(UTF_8)).substring(0, 8);
            Path own = out.resolve(folder).resolve(TEMPLATE);
            boolean usual = set.getValue().isEmpty() && Files.exists(built);
            templates.put(set.getKey(), usual ? built : own);
            if (!usual && !isNewer(own, home.resolve("bench/target/freshet.stamp"))) {
                left.put(folder, set.getValue());
            }
        }
        if (!left.isEmpty()) {
            progress.accept("Synthesizing " + String.join(", ", left.keySet()) + ".");
            synthesize(infra, out, left, progress);
        }
        Map<String, StackTemplate> stacks = new TreeMap<>();
        templates.forEach((name, template) -> stacks.put(name, new StackTemplate(json(template))));
        return stacks;
    }

    /** Returns whether a file exists that is newer than the end of the last build. */
    private static boolean isNewer(Path file, Path stamp) {
        return file.toFile().exists()
                && stamp.toFile().exists()
                && file.toFile().lastModified() > stamp.toFile().lastModified();
    }

    private static void synthesize(
            Path infra, Path out, Map<String, Map<String, String>> sets, Consumer<String> progress)
            throws InterruptedException {
        Path log = out.resolve("synthesis.log");
        try {
            Files.createDirectories(out);
            Path input = out.resolve("options.json");
            Files.write(input, JSON.writeValueAsBytes(sets));
            ProcessBuilder app =
                    new ProcessBuilder("sh", infra.resolve("app.sh").toString(), out.toString())
                            .redirectError(log.toFile())
                            .redirectInput(input.toFile());
            app.environment().put("FRESHET_APP", "CostTemplates");
            app.environment().remove("CDK_CONTEXT_JSON");
            Process running = app.start();
            // ends the lines too
            CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS)
                    .execute(running::destroyForcibly);
            try (BufferedReader lines = running.inputReader(UTF_8)) {
                lines.lines()
                        .filter(sets::containsKey)
                        .forEach(name -> progress.accept("Synthesized " + name + "."));
            }
            int code = running.waitFor();
            CommandException.require(
                    code == 0,
                    "The stack could not be synthesized (exit code %d): %s",
                    code,
                    Files.readString(log).strip());
        } catch (IOException unusable) {
            throw new CommandException("The stack could not be synthesized: " + unusable);
        }
    }

    /** Reads a JSON file that the caller named. */
    public static JsonNode json(Path file) {
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
     * Returns the invocations of each function in a month by schedules, by its logical id. Daily
     * ones, which keep snapshots, are left out: they cost less than a hundredth of a cent.
     */
    Map<String, Double> scheduled() {
        Map<String, Double> runs = new TreeMap<>();
        for (JsonNode rule : ofType("AWS::Events::Rule")) {
            Optional<Duration> every = Template.rate(rule.path("ScheduleExpression").asText());
            for (JsonNode target : rule.path("Targets")) {
                every.filter(period -> period.compareTo(Duration.ofDays(1)) < 0)
                        .ifPresent(
                                period ->
                                        template.behind(target.path("Arn"), FUNCTION)
                                                .ifPresent(
                                                        function ->
                                                                runs.merge(
                                                                        function,
                                                                        Workload.MONTH_SECONDS
                                                                                / period
                                                                                        .toSeconds(),
                                                                        Double::sum)));
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
