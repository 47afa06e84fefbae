package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.emulator.Child;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.testkit.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Functions with SnapStart under AWS's runtime interface client: the hooks around a snapshot run as
 * in Lambda, which ends a process whose hooks throw, or take longer than ten seconds after a
 * restore.
 */
class RestoreTest {
    private static final long LAMBDA_RESTORE_SECONDS = 10;
    private static final long START_SECONDS = 120;

    private final SwitchedStores stores = new SwitchedStores();
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(stores));

    static Stream<String> handlers() {
        return Stream.of("Recommend", "Authorize").limit(Thorough.number(1, 2));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : opened.reversed()) {
            part.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recommend", "Authorize"})
    void afterARestoreTheSecretIsFetchedAnew(String handler, @TempDir Path folder)
            throws Exception {
        RuntimeApi api = readyForItsSnapshot(handler, folder);
        int before = stores.secretsRead();
        restoreInTime(api);
        assertThat(stores.secretsRead()).isGreaterThan(before);
        assertThat(log(folder)).doesNotContain("SnapStartHooksFailed");
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void aProcessIsRestoredInTimeAlthoughAllStoresHang(String handler, @TempDir Path folder)
            throws Exception {
        RuntimeApi api = readyForItsSnapshot(handler, folder);
        stores.hang();
        restoreInTime(api);
        assertThat(log(folder)).contains("\"SnapStartHooksFailed\":1");
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void aHookThatFailsDoesNotEndTheProcess(String handler, @TempDir Path folder) throws Exception {
        RuntimeApi api = readyForItsSnapshot(handler, folder);
        stores.secret("too short");
        restoreInTime(api);
        assertThat(log(folder)).contains("\"SnapStartHooksFailed\":1");
    }

    private static void restoreInTime(RuntimeApi api) throws Exception {
        api.restore();
        assertThat(api.initialised().get(LAMBDA_RESTORE_SECONDS, TimeUnit.SECONDS))
                .isEqualTo(new Invocation.Answer(""));
    }

    private RuntimeApi readyForItsSnapshot(String handler, Path folder) throws Exception {
        FunctionDefinition function =
                new FunctionDefinition(
                        handler,
                        "dev.freshet.functions." + handler + "Handler",
                        Duration.ofSeconds(20),
                        2048,
                        OptionalInt.empty(),
                        true,
                        Map.of());
        RuntimeApi api = new RuntimeApi(function.arn());
        opened.add(api);
        Map<String, String> variables = new HashMap<>(environment());
        variables.putAll(
                LambdaJvm.variables(
                        function,
                        LambdaJvm.Initialisation.SNAP_START,
                        api.address(),
                        folder.toString()));
        Child process = Child.start(handler, command(function, folder), variables, file(folder));
        opened.add(process);
        Thread.ofVirtual()
                .start(
                        () -> {
                            process.awaitEnd();
                            api.died(process.lastOutput());
                        });
        assertThat(api.snapshotReady().get(START_SECONDS, TimeUnit.SECONDS))
                .as("output in %s", file(folder))
                .isEqualTo(new Invocation.Answer(""));
        return api;
    }

    private static List<String> command(FunctionDefinition function, Path folder) {
        List<String> command = new ArrayList<>(List.of(Child.java(), "-Xmx256m"));
        command.addAll(LambdaJvm.options(function));
        command.addAll(LambdaJvm.nativeClient(folder));
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        LambdaJvm.class.getName(),
                        function.handler()));
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_ENDPOINT_URL", stores.endpoint());
        variables.put("AWS_REGION", "us-east-1");
        variables.put("FRESHET_STACK", "freshet-dev");
        variables.put("FRESHET_STAGE", "dev");
        variables.put("FRESHET_MODEL_ID", "main");
        variables.put("FRESHET_SECRET_ARN", "secret");
        variables.put("FRESHET_EVENTS_STREAM", "events");
        variables.put("FRESHET_EXAMPLES_STREAM", "examples");
        variables.put("FRESHET_TRENDS_TABLE", "trends");
        variables.put("FRESHET_INTERACTIONS_TABLE", "interactions");
        variables.put("FRESHET_USERS_TABLE", "users");
        variables.put("FRESHET_MODELS_TABLE", "models");
        variables.put("FRESHET_OUTCOMES_TABLE", "outcomes");
        variables.put("FRESHET_KEYS_TABLE", "keys");
        variables.put("FRESHET_MODEL_BUCKET", "models");
        variables.put("FRESHET_QUARANTINE_BUCKET", "quarantine");
        variables.put("FRESHET_AUDIENCE", "freshet-dev");
        return variables;
    }

    private static Path file(Path folder) {
        return folder.resolve("process.log");
    }

    private static String log(Path folder) throws Exception {
        return Files.readString(file(folder));
    }
}
