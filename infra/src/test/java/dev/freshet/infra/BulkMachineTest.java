package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.option.StackFunction;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.infra.StateMachineRun.TaskFailedException;
import dev.freshet.recommend.BulkRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What {@code bulk=true} adds to a stack, and what its state machine does. */
@NullUnmarked
class BulkMachineTest {
    private static final Map<String, Object> REQUEST = Map.of("count", 50, "placement", "mail");

    private final Synthesized stack = Synthesized.bulk();
    private final World world = new World();

    /** The function and the object of users. */
    private static final class World implements StateMachineRun.Tasks {
        final List<Map<String, Object>> payloads = new ArrayList<>();
        final List<String> keys = new ArrayList<>();
        final Set<Integer> failing = new TreeSet<>();
        String refusal = "";
        int users;
        final StateMachineRun run =
                new StateMachineRun(this, Instant.parse("2026-11-27T06:00:00Z"));

        @Override
        @SuppressWarnings("unchecked")
        public Object call(String resource, Map<String, Object> arguments)
                throws TaskFailedException {
            return switch (resource) {
                case "s3:getObject" -> {
                    keys.add((String) arguments.get("Key"));
                    yield IntStream.rangeClosed(1, users)
                            .mapToObj(i -> Map.of("line", i, "user", Map.of("userId", "u" + i)))
                            .toList();
                }
                case "lambda:invoke" -> {
                    Map<String, Object> payload = (Map<String, Object>) arguments.get("Payload");
                    payloads.add(payload);
                    if (((List<?>) payload.get("users")).isEmpty()) {
                        yield Map.of("Payload", Map.of("refusal", refusal));
                    }
                    if (failing.contains(payloads.size() - 1)) {
                        throw new TaskFailedException("Failed", "a store was down");
                    }
                    yield Map.of("Payload", Map.of("lists", 500));
                }
                default -> throw new IllegalArgumentException(resource);
            };
        }
    }

    private Object run(Map<String, Object> more) throws TaskFailedException {
        Map<String, Object> input = new HashMap<>(more);
        input.put("run", "mail-1");
        input.put("request", REQUEST);
        input.put("users", "bulk/mail-1/users-1.jsonl");
        return world.run.run(definition(), input);
    }

    private static JsonNode definition() {
        return StateMachineRun.parsed(BulkMachine.definition());
    }

    @Test
    void everyUserIsInOneBatchOfAtMostFiveHundred() throws Exception {
        world.users = 1_201;

        Object result = run(Map.of());

        assertThat(result).isEqualTo(Map.of());
        assertThat(world.keys).containsExactly("bulk/mail-1/users-1.jsonl");
        assertThat(world.payloads).hasSize(4);
        List<Object> users = new ArrayList<>();
        for (Map<String, Object> batch : world.payloads.subList(1, 4)) {
            assertThat(batch).containsEntry("run", "mail-1").containsEntry("request", REQUEST);
            List<?> some = (List<?>) batch.get("users");
            assertThat(some).hasSizeLessThanOrEqualTo(BulkRun.BATCH);
            users.addAll(some);
        }
        assertThat(users).hasSize(1_201).doesNotHaveDuplicates();
    }

    @Test
    void aRefusedRequestFailsBeforeUsersAreRead() {
        world.refusal = "bad-count: count must be between 1 and 100.";

        assertThatThrownBy(() -> run(Map.of()))
                .isInstanceOf(TaskFailedException.class)
                .hasMessage(world.refusal);
        assertThat(world.keys).isEmpty();
    }

    @Test
    void someFailedBatchesAreLeftToTheNextExecutionAndManyEndThisOne() throws Exception {
        world.users = 30 * BulkRun.BATCH;
        world.failing.add(3);

        run(Map.of());
        assertThat(world.payloads).hasSize(31);

        world.payloads.clear();
        world.failing.addAll(List.of(4, 5, 6));
        assertThatThrownBy(() -> run(Map.of()))
                .isInstanceOf(TaskFailedException.class)
                .extracting("error")
                .isEqualTo("States.ExceedToleratedFailureThreshold");
    }

    @Test
    void batchesAtATimeAreBounded() throws Exception {
        JsonNode map = definition().at("/States/Batches");
        assertThat(map.path("MaxConcurrency").asText()).isEqualTo("{% $atOnce %}");
        for (int asked : List.of(1, 100, 5_000)) {
            run(Map.of("atOnce", asked));
        }
        assertThat(definition().at("/States/Check/Assign/atOnce").asText())
                .contains("$min([$states.input.atOnce, 100])", ": 20");
        assertThat(map.at("/ItemProcessor/ProcessorConfig/ExecutionType").asText())
                .isEqualTo("EXPRESS");
        assertThat(map.at("/ItemBatcher/MaxInputBytesPerBatch").asInt()).isLessThan(262_144);
    }

    @Test
    void aBatchFitsIntoTheTimeOfAnExpressChild() {
        int timeout = stack.properties("Bulk").path("Timeout").asInt();
        int task =
                definition()
                        .at("/States/Batches/ItemProcessor/States/Lists-Batches/TimeoutSeconds")
                        .asInt();

        assertThat(timeout).isLessThan(task);
        assertThat(2 * task).isLessThan(300);
    }

    @Test
    void withTheOptionTheMachineIsAnOutputAndWithoutThereIsNoneOfIt() {
        assertThat(stack.hasOutput("BulkMachineArn")).isTrue();
        assertThat(Synthesized.prod().template().toString())
                .doesNotContain("BulkLists", "forgetBulk", "BulkHandler", "stateMachine");
    }

    @Test
    void listsExpireUnderTheStacksKey() {
        JsonNode bucket = stack.properties("ModelBucket");
        assertThat(bucket.at("/LifecycleConfiguration/Rules"))
                .filteredOn(rule -> rule.has("ExpirationInDays"))
                .extracting(
                        rule -> rule.path("Prefix").asText(),
                        rule -> rule.path("ExpirationInDays").asInt())
                .containsExactly(tuple("bulk/", 1));
        assertThat(bucket.path("BucketEncryption").toString()).contains("aws:kms", "\"Key\"");
        assertThat(bucket.at("/LifecycleConfiguration/Rules"))
                .as("versions of expired lists")
                .filteredOn(rule -> rule.path("Prefix").asText().equals("bulk/"))
                .filteredOn(rule -> rule.has("NoncurrentVersionExpiration"))
                .extracting(rule -> rule.at("/NoncurrentVersionExpiration/NoncurrentDays").asInt())
                .containsExactly(1);
    }

    @Test
    void theFunctionReceivesTheOptionsOfTheOneThatRecommends() {
        Map<String, String> options =
                Map.of("bulk", "true", "blend", "weighted", "catalogue", "open");
        Synthesized decided = Synthesized.with(Map.copyOf(options));
        JsonNode bulk = decided.properties("Bulk").at("/Environment/Variables");
        JsonNode recommend = decided.properties("Recommend").at("/Environment/Variables");
        Set<String> names = StackSettings.of(options).environment(StackFunction.RECOMMEND).keySet();
        assertThat(names).contains("FRESHET_BLEND", "FRESHET_CATALOGUE");
        assertThat(names)
                .allSatisfy(name -> assertThat(bulk.path(name)).isEqualTo(recommend.path(name)));
    }

    @Test
    void theFunctionIsReplacedBeforeWhatWritesModels() {
        TemplateGraph graph = new TemplateGraph(stack.template());

        assertThat(graph.before("Train")).contains("Bulk");
        assertThat(graph.before("Compact")).contains("Bulk");
    }
}
