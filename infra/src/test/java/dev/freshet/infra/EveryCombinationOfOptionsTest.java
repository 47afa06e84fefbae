package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.infra.ReadersAndWriters.Pair;
import dev.freshet.template.Template;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments.ArgumentSet;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What has to hold for every stack that can be deployed: of each template of {@link
 * PairwiseOptions}, of which the first contain the most pairs, and a usual run takes {@value
 * #SOME}, one with batch jobs among them. A failure names the options.
 */
@ParameterizedClass
@MethodSource("stacks")
class EveryCombinationOfOptionsTest {
    private static final long SEED = 20261126;
    private static final int SOME = 8;

    /** The options that each add a state machine. */
    private static final List<String> MACHINES = List.of("lake", "batch", "bulk");

    private final Map<String, Object> options;
    private final Synthesized stack;
    private final TemplateGraph graph;

    EveryCombinationOfOptionsTest(Map<String, Object> options) {
        this.options = options;
        this.stack = Synthesized.with(options);
        this.graph = new TemplateGraph(stack.template());
    }

    static List<ArgumentSet> stacks() {
        List<Map<String, Object>> all = PairwiseOptions.of(SEED);
        Stream<Map<String, Object>> batch = all.stream().filter(each -> has(each, "batch"));
        List<Map<String, Object>> sets =
                Stream.concat(batch.limit(1), all.stream())
                        .distinct()
                        .limit(Thorough.number(SOME, Integer.MAX_VALUE))
                        .toList();
        System.out.printf("%d combinations of options, seed %d%n", sets.size(), SEED);
        assertThat(sets).hasSizeGreaterThan(5);
        for (String option : MACHINES) {
            assertThat(sets).as(option).anyMatch(each -> has(each, option));
        }
        return sets.stream().map(options -> argumentSet(options.toString(), options)).toList();
    }

    private static boolean has(Map<String, Object> options, String option) {
        return "true".equals(options.get(option));
    }

    @Test
    void everyResourceAndPropertyIsOneThatCloudFormationKnows() throws Exception {
        SpecificationTest.assertKnown(List.of(stack));
    }

    @Test
    void cdkNagFindsNothingThatIsNotExplained() throws IOException {
        assertThat(Review.findings(stack.folder())).isEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhereAndNoneLeadsBack() {
        assertThat(graph.dangling()).isEmpty();
        assertThat(graph.circular()).isEmpty();
    }

    /**
     * A deployment deletes the last version, while a run or a delivery under way still names it.
     */
    @Test
    void onlyAnAliasNamesAVersionOfAFunction() {
        Set<String> versions = stack.ofType("AWS::Lambda::Version").keySet();
        assertThat(versions).isNotEmpty();
        stack.template()
                .path("Resources")
                .forEachEntry(
                        (id, resource) -> {
                            if (!resource.path("Type").asText().equals("AWS::Lambda::Alias")) {
                                assertThat(Template.references(resource))
                                        .as(id)
                                        .doesNotContainAnyElementsOf(versions);
                            }
                        });
    }

    /** Step Functions refuses a machine in which two states have one name, wherever they are. */
    @Test
    void namesOfStatesAreUniqueInAMachineAndLeadSomewhere() {
        Map<String, JsonNode> machines = stack.ofType("AWS::StepFunctions::StateMachine");
        List<String> expected = MACHINES.stream().filter(each -> has(options, each)).toList();
        assertThat(machines).as("machines of %s", expected).hasSameSizeAs(expected);
        machines.forEach(
                (id, machine) -> {
                    JsonNode definition =
                            StateMachineRun.parsed(machine.path("DefinitionString").asText());
                    List<String> names = states(definition);
                    assertThat(names)
                            .as(id)
                            .isNotEmpty()
                            .doesNotHaveDuplicates()
                            .allMatch(name -> name.length() <= 80);
                    boolean nested = names.size() > definition.path("States").size();
                    assertThat(nested)
                            .as("%s has states in states", id)
                            .isEqualTo(!id.equals("Batch"));
                });
    }

    /** Returns the names of the states of a machine, those within its states included. */
    private static List<String> states(JsonNode machine) {
        List<String> names = new ArrayList<>();
        JsonNode states = machine.path("States");
        assertThat(states.has(machine.path("StartAt").asText())).isTrue();
        for (Map.Entry<String, JsonNode> each : states.properties()) {
            JsonNode state = each.getValue();
            names.add(each.getKey());
            List<JsonNode> ways = new ArrayList<>(List.of(state));
            state.path("Choices").forEach(ways::add);
            state.path("Catch").forEach(ways::add);
            ways.stream()
                    .flatMap(way -> Stream.of(way.path("Next"), way.path("Default")))
                    .filter(JsonNode::isTextual)
                    .forEach(next -> assertThat(states.has(next.asText())).isTrue());
            if (state.has("ItemProcessor")) {
                names.addAll(states(state.path("ItemProcessor")));
            }
        }
        return names;
    }

    /** The state of a night or a batch that reads what S3 has, which may answer 503 once. */
    @Test
    void aRunReadsItsProgressAgainWhereThatFailsButNotWhereThereIsNone() {
        for (JsonNode machine : stack.ofType("AWS::StepFunctions::StateMachine").values()) {
            JsonNode state =
                    StateMachineRun.parsed(machine.path("DefinitionString").asText())
                            .at("/States/ReadProgress");
            if (!state.isMissingNode()) {
                assertThat(state.at("/Retry/0/ErrorEquals/0").asText())
                        .isEqualTo("S3.NoSuchKeyException");
                assertThat(state.at("/Retry/0/MaxAttempts").asInt(9)).isZero();
                assertThat(state.at("/Retry/1/ErrorEquals/0").asText())
                        .isEqualTo("States.TaskFailed");
                assertThat(state.at("/Retry/1/MaxAttempts").asInt()).isPositive();
            }
        }
    }

    /** API Gateway refuses a stage that logs in a region whose account has no role for that. */
    @Test
    void everyStageThatLogsIsMadeAfterTheRoleOfTheAccount() {
        Set<String> accounts = stack.ofType("AWS::ApiGateway::Account").keySet();
        boolean rest = !stack.ofType("AWS::ApiGateway::RestApi").isEmpty();
        boolean left = "false".equals(options.get("apiLogRole"));
        assertThat(accounts).hasSize(rest && !left ? 1 : 0);
        stack.ofType("AWS::ApiGateway::Stage")
                .forEach(
                        (id, stage) -> {
                            assertThat(stage.has("AccessLogSetting")).isTrue();
                            assertThat(graph.before(id)).as(id).containsAll(accounts);
                        });
    }

    /** A stack whose first deployment fails leaves nothing behind that costs money. */
    @ParameterizedTest
    @ValueSource(
            strings = {"AWS::Kinesis::Stream", "AWS::S3::Bucket", "AWS::SecretsManager::Secret"})
    void streamsBucketsAndSecretsAreKeptOnlyOnceTheStackWasMade(String type) {
        Set<String> made = stack.ofType(type).keySet();
        boolean owners = type.endsWith("::Secret") && options.containsKey("secretArn");
        assertThat(made.isEmpty()).isIn(false, owners);
        assertThat(made)
                .extracting(id -> stack.resource(id).path("DeletionPolicy").asText())
                .isSubsetOf("Delete", "RetainExceptOnCreate");
    }

    /**
     * What has a name of its own and stays when a first deployment fails makes the next one fail.
     */
    @Test
    void nothingWithAFixedNameRemainsOfAFirstDeploymentThatFailed() {
        stack.template()
                .path("Resources")
                .forEachEntry(
                        (id, resource) -> {
                            if (resource.path("DeletionPolicy").asText().equals("Retain")) {
                                assertThat(resource.path("Type").asText())
                                        .isIn(
                                                "AWS::ApiGateway::Account",
                                                "AWS::DynamoDB::GlobalTable",
                                                "AWS::IAM::Role",
                                                "AWS::KMS::Key");
                                assertThat(resource.path("Properties").properties())
                                        .as(id)
                                        .extracting(Map.Entry::getKey)
                                        .doesNotContain("TableName", "RoleName");
                            }
                        });
    }

    @Test
    void everyAsynchronousTargetSaysHowOftenItIsRetried() {
        Collection<JsonNode> configs = stack.ofType("AWS::Lambda::EventInvokeConfig").values();
        assertThat(configs).allMatch(config -> config.path("MaximumRetryAttempts").isInt());
        assertThat(asynchronousTargets())
                .isNotEmpty()
                .isSubsetOf(
                        configs.stream().map(EveryCombinationOfOptionsTest::configured).toList());
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
    private Set<String> asynchronousTargets() {
        assertThat(stack.ofType("AWS::Scheduler::Schedule")).isEmpty();
        assertThat(stack.ofType("AWS::SNS::Subscription").values())
                .noneMatch(subscription -> subscription.path("Protocol").asText().equals("lambda"));
        assertThat(stack.ofType("AWS::S3::Bucket").values())
                .noneMatch(bucket -> bucket.has("NotificationConfiguration"));
        Set<String> targets = new HashSet<>();
        for (JsonNode rule : stack.ofType("AWS::Events::Rule").values()) {
            for (JsonNode target : rule.path("Targets")) {
                String id = Synthesized.text(target.path("Arn"));
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
    void noFunctionReservesConcurrencyUnlessItsOwnerSaysSo() {
        assertThat(
                        stack.functions().values().stream()
                                .anyMatch(of -> of.has("ReservedConcurrentExecutions")))
                .isEqualTo(options.containsKey("apiConcurrency"));
    }

    @Test
    void aSnapshotIsMadeOfPublishedVersionsThatAScheduleKeeps() {
        assertThat(asynchronousTargets())
                .containsAll(
                        stack.functions().keySet().stream()
                                .filter(id -> stack.properties(id).has("SnapStart"))
                                .map(id -> id + "Live")
                                .toList());
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
        ReadersAndWriters formats = new ReadersAndWriters(stack);
        assertThat(formats.pairs()).hasSizeGreaterThan(8);
        for (Pair pair : formats.pairs()) {
            boolean ordered =
                    graph.before(formats.writing(pair.writer()))
                            .contains(formats.reading(pair.reader()));
            assertThat(ordered).as("%s", pair).isEqualTo(!WITHOUT_ORDER.contains(pair));
        }
    }

    @Test
    void everyLogOfTheStackExpires() {
        assertThat(stack.ofType("AWS::Logs::LogGroup").values())
                .isNotEmpty()
                .allMatch(log -> log.path("RetentionInDays").asInt() > 0);
    }

    @Test
    void aMappingGivesABatchUpBeforeItsStreamForgetsIt() {
        int hours = stack.properties("Events").path("RetentionPeriodHours").asInt(24);
        assertThat(stack.ofType("AWS::Lambda::EventSourceMapping").values())
                .extracting(mapping -> mapping.path("MaximumRecordAgeInSeconds").asInt())
                .allMatch(seconds -> seconds >= 60 && seconds < hours * 3_600);
    }
}
