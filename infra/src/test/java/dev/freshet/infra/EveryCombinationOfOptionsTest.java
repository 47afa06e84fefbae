package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.infra.ReadersAndWriters.Pair;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What has to hold for every stack that can be deployed: of each template of {@link
 * PairwiseOptions}, of which the first contain the most pairs, and a usual run takes {@value
 * #SOME}. A failure names the options.
 */
class EveryCombinationOfOptionsTest {
    private static final long SEED = 20261126;
    private static final int SOME = 8;
    private static final Map<Map<String, Object>, Synthesized> STACKS = new LinkedHashMap<>();

    /** The limits of CloudFormation for one template, and of Lambda for one environment. */
    private static final int MAX_RESOURCES = 500;

    private static final int MAX_TEMPLATE_BYTES = 1_000_000;
    private static final int MAX_ENVIRONMENT_BYTES = 4_096;

    @BeforeAll
    static void synthesize() {
        PairwiseOptions.of(SEED).stream()
                .limit(Thorough.number(SOME, Integer.MAX_VALUE))
                .forEach(options -> STACKS.put(options, Synthesized.with(options)));
        System.out.printf("%d combinations of options, seed %d%n", STACKS.size(), SEED);
    }

    private static void each(BiConsumer<String, Synthesized> rule) {
        assertThat(STACKS).hasSizeGreaterThan(5);
        STACKS.forEach((options, stack) -> rule.accept(options.toString(), stack));
    }

    /** Calls the rule with the id and the resource, of every resource of the type. */
    private static void eachOfType(String type, BiConsumer<String, JsonNode> rule) {
        int[] seen = {0};
        each(
                (options, stack) ->
                        stack.ofType(type)
                                .keySet()
                                .forEach(
                                        id -> {
                                            seen[0]++;
                                            rule.accept(
                                                    id + " with " + options, stack.resource(id));
                                        }));
        assertThat(seen[0]).as(type).isPositive();
    }

    @Test
    void everyResourceAndPropertyIsOneThatCloudFormationKnows() throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "check-template.mjs"));
        STACKS.values().forEach(stack -> command.add(stack.file().toString()));
        Path said = Synthesized.scratch().resolve("said");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).endsWith(" 0 faults\n");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void cdkNagFindsNothingThatIsNotExplained() throws IOException {
        for (Map.Entry<Map<String, Object>, Synthesized> each : STACKS.entrySet()) {
            assertThat(Review.findings(each.getValue().folder()))
                    .as(each.getKey().toString())
                    .isEmpty();
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoneLeadsBack() {
        each(
                (options, stack) -> {
                    TemplateGraph graph = new TemplateGraph(stack.template());
                    assertThat(graph.dangling()).as(options).isEmpty();
                    assertThat(graph.circular()).as(options).isEmpty();
                });
    }

    @Test
    void theTemplateIsWithinTheLimitsOfCloudFormationAndLambda() {
        each(
                (options, stack) -> {
                    assertThat(stack.template().path("Resources").size())
                            .as(options)
                            .isBetween(50, MAX_RESOURCES);
                    assertThat(stack.file().toFile().length())
                            .as(options)
                            .isLessThan(MAX_TEMPLATE_BYTES);
                    stack.functions()
                            .forEach(
                                    (id, function) ->
                                            assertThat(
                                                            function.at("/Environment/Variables")
                                                                    .toString()
                                                                    .length())
                                                    .as(id + " with " + options)
                                                    .isLessThan(MAX_ENVIRONMENT_BYTES));
                });
    }

    /** API Gateway refuses a stage that logs in a region whose account has no role for that. */
    @Test
    void everyStageThatLogsIsMadeAfterTheRoleOfTheAccount() {
        each(
                (options, stack) -> {
                    TemplateGraph graph = new TemplateGraph(stack.template());
                    Set<String> accounts = stack.ofType("AWS::ApiGateway::Account").keySet();
                    boolean rest = !stack.ofType("AWS::ApiGateway::RestApi").isEmpty();
                    assertThat(accounts).as(options).hasSize(rest ? 1 : 0);
                    stack.ofType("AWS::ApiGateway::Stage")
                            .forEach(
                                    (id, stage) -> {
                                        assertThat(stage.has("AccessLogSetting")).isTrue();
                                        assertThat(graph.before(id))
                                                .as(id + " with " + options)
                                                .containsAll(accounts);
                                    });
                });
    }

    /** A stack whose first deployment fails leaves nothing behind that costs money. */
    @Test
    void streamsBucketsAndSecretsAreKeptOnlyOnceTheStackWasMade() {
        for (String type :
                List.of("AWS::Kinesis::Stream", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")) {
            eachOfType(
                    type,
                    (id, resource) ->
                            assertThat(resource.path("DeletionPolicy").asText())
                                    .as(id)
                                    .isIn("Delete", "RetainExceptOnCreate"));
        }
    }

    @Test
    void everyAsynchronousTargetSaysHowOftenItIsRetried() {
        each(
                (options, stack) -> {
                    Set<String> configured = new HashSet<>();
                    stack.ofType("AWS::Lambda::EventInvokeConfig")
                            .values()
                            .forEach(
                                    config -> {
                                        assertThat(config.path("MaximumRetryAttempts").isInt())
                                                .as(options)
                                                .isTrue();
                                        configured.add(configured(config));
                                    });
                    assertThat(asynchronousTargets(stack))
                            .as(options)
                            .isNotEmpty()
                            .isSubsetOf(configured);
                });
    }

    /** Returns the function or the alias that a configuration is of. */
    private static String configured(JsonNode config) {
        List<String> alias = config.path("Qualifier").findValuesAsText("Ref");
        return alias.isEmpty() ? config.at("/FunctionName/Ref").asText() : alias.getFirst();
    }

    /**
     * Returns the functions and aliases that rules, buckets and topics invoke. A rule itself says
     * how often it tries to start a state machine.
     */
    private static Set<String> asynchronousTargets(Synthesized stack) {
        assertThat(stack.ofType("AWS::Scheduler::Schedule")).isEmpty();
        assertThat(stack.ofType("AWS::SNS::Subscription").values())
                .noneMatch(subscription -> subscription.path("Protocol").asText().equals("lambda"));
        assertThat(stack.ofType("AWS::S3::Bucket").values())
                .noneMatch(bucket -> bucket.has("NotificationConfiguration"));
        Set<String> targets = new HashSet<>();
        for (JsonNode rule : stack.ofType("AWS::Events::Rule").values()) {
            for (JsonNode target : rule.path("Targets")) {
                JsonNode arn = target.path("Arn");
                String id = arn.path("Ref").asText(arn.at("/Fn::GetAtt/0").asText());
                if (stack.resource(id).path("Type").asText().startsWith("AWS::Lambda")) {
                    targets.add(id);
                } else {
                    assertThat(target.at("/RetryPolicy/MaximumRetryAttempts").isInt()).isTrue();
                }
            }
        }
        return targets;
    }

    /** An account with the limit of 10 that a new one has cannot reserve any. */
    @Test
    void noFunctionReservesConcurrency() {
        eachOfType(
                "AWS::Lambda::Function",
                (id, function) ->
                        assertThat(function.path("Properties").has("ReservedConcurrentExecutions"))
                                .as(id)
                                .isFalse());
    }

    @Test
    void aSnapshotIsMadeOfPublishedVersionsThatAScheduleKeeps() {
        each(
                (options, stack) -> {
                    Set<String> targets = asynchronousTargets(stack);
                    stack.functions()
                            .forEach(
                                    (id, function) -> {
                                        if (function.has("SnapStart")) {
                                            assertThat(targets)
                                                    .as(id + " with " + options)
                                                    .contains(id + "Live");
                                        }
                                    });
                });
    }

    /** What reads a delta late there only delays a compaction or an export. */
    private static final Set<Pair> WITHOUT_ORDER =
            Set.of(
                    new Pair("Train", "Compact"),
                    new Pair("Train", "Privacy"),
                    new Pair("WorkerRole", "Compact"),
                    new Pair("WorkerRole", "Privacy"));

    @Test
    void whatReadsAFormatIsDeployedBeforeWhatWritesIt() {
        each(
                (options, stack) -> {
                    TemplateGraph graph = new TemplateGraph(stack.template());
                    ReadersAndWriters formats = new ReadersAndWriters(stack);
                    assertThat(formats.pairs()).as(options).hasSizeGreaterThan(8);
                    for (Pair pair : formats.pairs()) {
                        boolean ordered =
                                graph.before(formats.writing(pair.writer()))
                                        .contains(formats.reading(pair.reader()));
                        assertThat(ordered)
                                .as("%s with %s", pair, options)
                                .isEqualTo(!WITHOUT_ORDER.contains(pair));
                    }
                });
    }

    @Test
    void everyLogOfTheStackExpires() {
        eachOfType(
                "AWS::Logs::LogGroup",
                (id, log) ->
                        assertThat(log.at("/Properties/RetentionInDays").asInt())
                                .as(id)
                                .isPositive());
    }

    /** The retention of streams while records wait, where a function looks after it. */
    private static final int LENGTHENED_HOURS = 168;

    @Test
    void aMappingGivesABatchUpBeforeItsStreamForgetsIt() {
        each(
                (options, stack) -> {
                    boolean lengthened = stack.functions().containsKey("Retain");
                    int hours =
                            lengthened
                                    ? LENGTHENED_HOURS
                                    : stack.properties("Events")
                                            .path("RetentionPeriodHours")
                                            .asInt(24);
                    stack.ofType("AWS::Lambda::EventSourceMapping")
                            .values()
                            .forEach(
                                    mapping ->
                                            assertThat(
                                                            mapping.path(
                                                                            "MaximumRecordAgeInSeconds")
                                                                    .asInt())
                                                    .as(options)
                                                    .isBetween(60, hours * 3_600 - 1));
                });
    }
}
