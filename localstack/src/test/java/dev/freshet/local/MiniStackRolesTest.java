package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.iam.IamGate;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.localstack.MiniStackAssembly;
import dev.freshet.local.localstack.MiniStackRestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The functions beside the API, each used with its own role on MiniStack, which denies what a role
 * does not allow: a stack that makes lists in bulk, scales its streams and looks after their
 * retention.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "freshet.emulators",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Pemulators")
class MiniStackRolesTest {
    private static final String OPTIONS = "{\"bulk\": \"true\", \"eventShardsMax\": \"4\"}";

    /** Options of which the templates together have all roles. */
    private static final List<String> ALL =
            List.of(
                    "{\"lake\":\"true\",\"batch\":\"true\",\"bulk\":\"true\",\"eventShardsMax\":\"4\",\"waf\":\"true\",\"site\":\"true\",\"objectLogs\":\"true\",\"customerKey\":\"true\"}",
                    "{\"consumer\":\"worker\"}");

    private static final String ATHENA = "not used: MiniStack has no Iceberg tables in Athena";

    /** The roles of a stack, each with what these tests do with it, or why they do nothing. */
    private static final Map<String, String> ROLES =
            Map.ofEntries(
                    Map.entry("Authorize", "reads keys at each request"),
                    Map.entry("Collect", "puts an event"),
                    Map.entry("Recommend", "makes a list"),
                    Map.entry("Catalog", "puts an item"),
                    Map.entry("Profile", "puts a user"),
                    Map.entry("Privacy", "exports and erases a user"),
                    Map.entry("Features", "makes rows and an example of the event"),
                    Map.entry("Train", "makes a version of the example"),
                    Map.entry("Compact", "runs as by its schedule"),
                    Map.entry("Retain", "reads metrics, changes the retention of the streams"),
                    Map.entry("Scale", "reads metrics and the shards of the stream"),
                    Map.entry("Bulk", "writes a list"),
                    Map.entry("BulkMachine", "not used: MiniStack has no ItemBatcher"),
                    Map.entry("ApiRestCloudWatch", "not used: MiniStack writes no access log"),
                    Map.entry("Lake", ATHENA),
                    Map.entry("LakeTables", ATHENA),
                    Map.entry("LakeDelivery", ATHENA),
                    Map.entry("LakeNight", ATHENA),
                    Map.entry("LakeNightMachineEvents", ATHENA),
                    Map.entry("Announce", "not used: what calls it needs EMR Serverless"),
                    Map.entry("BatchJobs", "not used: MiniStack has no EMR Serverless"),
                    Map.entry("BatchMachine", "not used: MiniStack has no EMR Serverless"),
                    Map.entry("BatchMachineEvents", "not used: MiniStack has no EMR Serverless"),
                    Map.entry("Worker", "not used: IamGateTest holds each of its calls to it"),
                    Map.entry("WorkerTaskExecution", "not used: MiniStack runs no container"),
                    Map.entry("WorkerNetworkRefusedIAM", "not used: MiniStack has no flow logs"));

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private static Path folder = Path.of("");

    private @Nullable MiniStack emulator;
    private @Nullable MiniStackRestApi deployed;

    @BeforeAll
    void deploy() throws Exception {
        MiniStack.assumeInstalled();
        Path synthesized = IamGate.synthesize(OPTIONS, folder);
        emulator = MiniStack.start("roles", true);
        deployed =
                new MiniStackRestApi(
                        emulator.endpoint(),
                        Objects.requireNonNull(synthesized.getParent()),
                        Files.createDirectory(folder.resolve("assembly")));
    }

    @AfterAll
    void end() {
        if (deployed != null) {
            deployed.close();
        }
        if (emulator != null) {
            emulator.close();
        }
    }

    private MiniStackRestApi stack() {
        return Objects.requireNonNull(deployed);
    }

    private JsonNode answer(String function, String event) throws Exception {
        Invocation outcome = stack().invoke(function, json(event).toString());
        assertThat(outcome).as(function).isInstanceOf(Invocation.Answer.class);
        return JSON.readTree(((Invocation.Answer) outcome).payload());
    }

    @Test
    void everyRoleIsUsedOrNamedWithTheReason() throws Exception {
        Set<String> roles = new TreeSet<>();
        for (String options : ALL) {
            JsonNode template =
                    JSON.readTree(Files.readString(IamGate.synthesize(options, folder)));
            template.path("Resources")
                    .properties()
                    .forEach(
                            resource -> {
                                if (isRole(resource.getValue())) {
                                    roles.add(
                                            resource.getKey()
                                                    .replaceFirst("^Functions", "")
                                                    .replaceFirst("Role[0-9A-F]{8}$", ""));
                                }
                            });
        }
        assertThat(roles).isEqualTo(new TreeSet<>(ROLES.keySet()));
    }

    private static boolean isRole(JsonNode resource) {
        return resource.path("Type").asText().equals("AWS::IAM::Role");
    }

    @Test
    void aFunctionWithTheRoleOfAnotherIsDenied() {
        assertThat(stack().authorize("Authorize")).asString().contains("\"Allow\"");
        assertThat(stack().authorize(MiniStackRestApi.WITHOUT_RIGHTS))
                .asString()
                .doesNotContain("\"Allow\"")
                .doesNotContain(MiniStackAssembly.MOCK);
    }

    @Test
    void theFunctionsBesideTheApiDoTheirWorkWithTheirRoles() throws Exception {
        FreshetClient api = stack().client();
        assertThat(api.post("/v1/items", json("{'items':[{'itemId':'tea','title':'Tea'}]}")))
                .returns(200, ApiResponse::status);
        assertThat(api.put("/v1/users/ann", json("{'attributes':{'plan':'gold'}}")))
                .returns(200, ApiResponse::status);
        assertThat(
                        api.post(
                                "/v1/events",
                                json(
                                        "{'events':[{'eventId':'e-1','type':'click','userId':'ann','itemId':'tea','occurredAt':'%s'}]}"
                                                .formatted(Instant.now()))))
                .returns(202, ApiResponse::status);
        String hourly = "{'source':'aws.events'}";
        TestCloud.await(() -> answer("Compact", hourly).path("version").asLong() > 1);
        TestCloud.await(
                () -> api.get("/v1/users/ann/export").body().path("interactions").size() > 0);
        // The first reads of a new process may be over their budget on a busy machine.
        TestCloud.await(
                () ->
                        !api.post("/v1/recommendations", json("{'userId':'ann'}"))
                                .body()
                                .path("degraded")
                                .asBoolean(true));

        assertThat(answer("Retain", "{}").path("retentionHours").asInt()).isIn(24, 168);
        assertThat(
                        answer("Retain", "{'alarmData':{'state':{'value':'ALARM'}}}")
                                .path("retentionHours")
                                .asInt())
                .isEqualTo(168);
        assertThat(answer("Scale", "{}").path("shards").asInt()).isPositive();
        String batch = "{'run':'mail','request':{},'users':[{'line':1,'user':{'userId':'ann'}}]}";
        assertThat(answer("Bulk", batch).path("lists").asInt()).isEqualTo(1);

        assertThat(api.delete("/v1/users/ann")).returns(200, ApiResponse::status);
        TestCloud.await(
                () ->
                        api.get("/v1/users/ann/erasure")
                                .body()
                                .at("/steps/forgotten/done")
                                .asBoolean());
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
