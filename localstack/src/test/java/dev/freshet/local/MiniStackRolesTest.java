package dev.freshet.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.iam.IamGate;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.localstack.MiniStackRestApi;
import dev.freshet.local.mapping.KinesisSource;
import dev.freshet.local.mapping.StreamSource;
import dev.freshet.model.memory.NeighboursFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The roles of stacks with all options, each used on MiniStack, which denies what a role does not
 * allow. A page names the roles and the conditions of policies, and why some are not used.
 */
@EnabledIfSystemProperty(
        named = "freshet.emulators",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Pemulators")
class MiniStackRolesTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    /** Options of which the templates together have all roles. */
    private static final String FUNCTIONS =
            """
            {"lake":"true","batch":"true","bulk":"true","eventShardsMax":"4","waf":"true","canary":"true",
             "site":"true","objectLogs":"true","customerKey":"true"}""";

    private static final String WORKER = "{\"consumer\":\"worker\"}";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([^`]+(?:`, `[^`]+)*)` \\| \\S.* \\|$");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder = Path.of("");
    private static Path functions = folder;
    private static Path worker = folder;

    @BeforeAll
    static void synthesize() throws Exception {
        MiniStack.assumeInstalled();
        functions = IamGate.synthesize(FUNCTIONS, folder);
        worker = IamGate.synthesize(WORKER, folder);
    }

    private static MiniStackRestApi deployed(MiniStack emulator, Path template) throws Exception {
        return new MiniStackRestApi(
                emulator.endpoint(),
                Objects.requireNonNull(template.getParent()),
                Files.createTempDirectory(folder, "assembly"));
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode answer(MiniStackRestApi stack, String function, String event)
            throws Exception {
        Invocation outcome = stack.invoke(function, json(event).toString());
        assertThat(outcome).as(function).isInstanceOf(Invocation.Answer.class);
        return JSON.readTree(((Invocation.Answer) outcome).payload());
    }

    /** Puts an item and a user, and has the user click the item. */
    private static void click(FreshetClient api) throws IOException {
        assertThat(api.post("/v1/items", json("{'items':[{'itemId':'tea','title':'Tea'}]}")))
                .returns(200, ApiResponse::status);
        assertThat(api.put("/v1/users/ann", json("{'attributes':{'plan':'gold'}}")))
                .returns(200, ApiResponse::status);
        String click =
                "{'events':[{'eventId':'e-1','type':'click','userId':'ann','itemId':'tea','occurredAt':'%s'}]}"
                        .formatted(Instant.now());
        assertThat(api.post("/v1/events", json(click))).returns(202, ApiResponse::status);
    }

    private static JsonNode list(FreshetClient api) throws IOException {
        return api.post("/v1/recommendations", json("{'userId':'ann'}")).body();
    }

    /** Returns the name of a role, and each condition in the policies of a resource. */
    private static Stream<String> named(Map.Entry<String, JsonNode> resource) {
        String type = resource.getValue().path("Type").asText().replaceFirst("^AWS::", "");
        String role = resource.getKey().replaceFirst("^Functions", "");
        return Stream.concat(
                Stream.of(role.replaceFirst("Role[0-9A-F]{8}$", ""))
                        .filter(_ -> type.equals("IAM::Role")),
                resource.getValue().findValues("Condition").stream()
                        .flatMap(condition -> condition.properties().stream())
                        .flatMap(
                                test ->
                                        test.getValue().properties().stream()
                                                .map(Map.Entry::getKey)
                                                .map(key -> test.getKey() + " " + key))
                        .map(condition -> type + " " + condition));
    }

    @Test
    void everyRoleAndEveryConditionIsNamedWithWhatBecomesOfIt() throws Exception {
        Set<String> found = new TreeSet<>();
        Path canary = IamGate.synthesize("{\"deployment\":\"canary\"}", folder);
        for (Path template : List.of(functions, worker, canary)) {
            JSON.readTree(Files.readString(template)).path("Resources").properties().stream()
                    .flatMap(MiniStackRolesTest::named)
                    .forEach(found::add);
        }
        String page =
                Files.readString(HOME.resolve("docs/limits.md"))
                        .split("## Roles and conditions in use|\n## Lists", -1)[1];
        assertThat(
                        ROW.matcher(page)
                                .results()
                                .flatMap(row -> Stream.of(row.group(1).split("`, `", -1))))
                .containsExactlyInAnyOrderElementsOf(found);
    }

    @Test
    void theFunctionsBesideTheApiDoTheirWorkWithTheirRoles() throws Exception {
        try (MiniStack emulator = MiniStack.start("roles", true);
                MiniStackRestApi stack = deployed(emulator, functions)) {
            FreshetClient api = stack.client();
            click(api);
            String hourly = "{'source':'aws.events'}";
            TestCloud.await(() -> answer(stack, "Compact", hourly).path("version").asLong() > 1);
            TestCloud.await(
                    () -> api.get("/v1/users/ann/export").body().path("interactions").size() > 0);
            // The first reads of a new process may be over their budget on a busy machine.
            TestCloud.await(() -> !list(api).path("degraded").asBoolean(true));

            assertThat(answer(stack, "Retain", "{}").path("retentionHours").asInt()).isIn(24, 168);
            String late = "{'alarmData':{'state':{'value':'ALARM'}}}";
            assertThat(answer(stack, "Retain", late).path("retentionHours").asInt()).isEqualTo(168);
            assertThat(answer(stack, "Scale", "{}").path("shards").asInt()).isPositive();
            assertThat(answer(stack, "Canary", "{}")).as("reads its key").isEmpty();
            String batch =
                    "{'run':'mail','request':{},'users':[{'line':1,'user':{'userId':'ann'}}]}";
            assertThat(answer(stack, "Bulk", batch).path("lists").asInt()).isEqualTo(1);
            fillsTheLake(stack);

            assertThat(api.delete("/v1/users/ann")).returns(200, ApiResponse::status);
            TestCloud.await(
                    () ->
                            api.get("/v1/users/ann/erasure")
                                    .body()
                                    .at("/steps/forgotten/done")
                                    .asBoolean());
        }
    }

    /** Has functions take what a delivery gave up, copy the catalogue and announce a file. */
    private static void fillsTheLake(MiniStackRestApi stack) throws Exception {
        JsonNode failure = json("{'rawData':'%s'}".formatted(record(stack)));
        put(stack, "errors/processing-failed/a", failure.toString().getBytes(UTF_8));
        JsonNode taken = answer(stack, "Lake", "{'redrive':true}");
        assertThat(taken.path("rows").asInt()).as("%s", taken).isEqualTo(1);
        String items = "{'items':{'part':0,'after':''}}";
        JsonNode copied = answer(stack, "Lake", items);
        assertThat(copied.path("items").asInt()).as("%s", copied).isEqualTo(1);

        NeighboursFile.Row row = new NeighboursFile.Row("a", List.of("b"), List.of(0.5));
        byte[] file = NeighboursFile.encode(List.of(row));
        put(stack, "neighbours/a", file);
        String made = "{'file':'neighbours/a','job':'neighbours','madeAt':'2026-11-30T04:40:00Z'}";
        assertThat(answer(stack, "Announce", made).path("bytes").asInt()).isEqualTo(file.length);
    }

    private static void put(MiniStackRestApi stack, String key, byte[] bytes) {
        String bucket = stack.settings().text(Setting.LAKE_BUCKET);
        stack.stores()
                .s3()
                .putObject(each -> each.bucket(bucket).key(key), RequestBody.fromBytes(bytes));
    }

    /** Returns the newest record of the user in the stream, in base 64. */
    private static String record(MiniStackRestApi stack) {
        KinesisSource stream =
                new KinesisSource(
                        stack.stores().kinesis(), stack.settings().text(Setting.EVENTS_STREAM));
        return stream.shards().stream()
                .map(shard -> stream.open(shard.id(), new StreamSource.Position.Oldest()))
                .flatMap(reader -> reader.next(100).records().stream())
                .filter(record -> record.partitionKey().equals("ann"))
                .reduce((_, later) -> later)
                .orElseThrow()
                .data();
    }

    @Test
    void theWorkerReadsTheStreamsWithTheRoleOfItsTask() throws Exception {
        try (MiniStack emulator = MiniStack.start("worker", true);
                MiniStackRestApi stack = deployed(emulator, worker);
                Clients stores = new Clients(Settings.from(stack.worker()));
                Child process =
                        Child.start(
                                "worker",
                                WorkerProcess.command(HOME),
                                stack.worker(),
                                Path.of("target", "ministack-worker-process.log"))) {
            click(stack.client());
            TestCloud.await(
                    () -> {
                        assertThat(process.alive()).as("see %s", process.log()).isTrue();
                        JsonNode list = list(stack.client());
                        return list.at("/reflects/events").asInt() == 1
                                && list.at("/model/version").asLong() > 1;
                    });

            String items = stack.settings().text(Setting.ITEMS_TABLE);
            assertThatThrownBy(() -> stores.dynamoDb().scan(each -> each.tableName(items)))
                    .hasMessageContaining("not authorized");
            putsObjectsByTlsAlone(stack, stores.s3());
        }
    }

    /** Puts an object, then puts back what the template denies to all without TLS. */
    private static void putsObjectsByTlsAlone(MiniStackRestApi stack, S3Client writer)
            throws IOException {
        String bucket = stack.settings().text(Setting.MODEL_BUCKET);
        ThrowingCallable put =
                () ->
                        writer.putObject(
                                each -> each.bucket(bucket).key("models/a"), RequestBody.empty());
        assertThatNoException().isThrownBy(put);

        JsonNode policy =
                JSON.readTree(Files.readString(worker))
                        .at("/Resources/StorageModelBucketPolicyE642E311/Properties")
                        .path("PolicyDocument");
        ArrayNode statements = (ArrayNode) policy.path("Statement");
        statements.removeIf(each -> !each.at("/Condition/Bool").has("aws:SecureTransport"));
        ((ObjectNode) statements.path(0)).put("Resource", "arn:aws:s3:::%s/*".formatted(bucket));
        stack.stores().s3().putBucketPolicy(each -> each.bucket(bucket).policy(policy.toString()));
        assertThatThrownBy(put).hasMessageContaining("explicit deny");
    }
}
