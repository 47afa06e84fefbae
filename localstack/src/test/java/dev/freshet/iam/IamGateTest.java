package dev.freshet.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.WorkerProcess;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.template.RolePolicies;
import dev.freshet.testkit.Thorough;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every call that the functions and the worker make to the permissions of their roles, once
 * with the functions and once with the worker as the consumer of the streams. It also judges the
 * calls that functions made in the tests before it in this process, so the stack of the functions
 * has what any of those may call: the lake.
 */
class IamGateTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir private static Path folder = Path.of("");

    @Test
    void theRolesOfTheFunctionsAllowEveryCallThatTheyMake() throws Exception {
        Path template = synthesize("{\"lake\":\"true\"}");
        try (LocalCloud cloud =
                LocalCloud.start(
                        Options.of(HOME)
                                .withState(folder.resolve("functions"))
                                .withTemplate(template))) {
            EveryOperation.of(cloud);
            SignedCalls.of(cloud);
        }

        assertAllowed(
                CallRecorder.calls(),
                RolePolicies.read(template),
                Set.of(
                        "authorize",
                        "collect",
                        "recommend",
                        "catalog",
                        "profile",
                        "privacy",
                        "features",
                        "train",
                        "compact",
                        "retain"));
        assertDeniedWithout(template, "lambda:InvokeFunction", "train");
        assertDeniedWithout(template, "cloudwatch:GetMetricData", "retain");
    }

    /** Asserts that the gate finds the calls of an action if no role is permitted it. */
    private static void assertDeniedWithout(Path template, String action, String caller)
            throws IOException {
        JsonNode stack = new ObjectMapper().readTree(Files.readString(template));
        for (JsonNode resource : stack.path("Resources")) {
            Iterator<JsonNode> statements =
                    resource.at("/Properties/PolicyDocument/Statement").elements();
            while (statements.hasNext()) {
                if (statements.next().path("Action").asText().equals(action)) {
                    statements.remove();
                }
            }
        }
        Path without = folder.resolve(caller + ".template.json");
        Files.writeString(without, stack.toString());

        assertThat(denied(CallRecorder.calls(), RolePolicies.read(without)))
                .isNotEmpty()
                .allSatisfy(
                        call -> {
                            assertThat(call.caller()).isEqualTo(caller);
                            assertThat(call.action()).isEqualTo(action);
                        });
    }

    @Test
    @Thorough.Only
    void theRoleOfTheWorkerAllowsEveryCallThatItAndTheKinesisClientLibraryMake() throws Exception {
        Path template = synthesize("{\"consumer\":\"worker\"}");
        Path recorded = folder.resolve("calls-of-the-worker");
        try (LocalCloud cloud =
                        LocalCloud.start(
                                Options.of(HOME)
                                        .withState(folder.resolve("worker"))
                                        .withTemplate(template)
                                        .withOwnConsumers(false));
                Child worker = startWorker(cloud, template, recorded)) {
            EveryOperation.of(cloud);
            assertThat(worker.alive()).as(Files.readString(worker.log())).isTrue();
        }

        Set<RecordedCall> calls =
                Files.readAllLines(recorded).stream()
                        .map(RecordedCall::parse)
                        .collect(Collectors.toSet());
        assertThat(calls)
                .as("calls of the Kinesis Client Library")
                .extracting(RecordedCall::resource)
                .anyMatch(resource -> resource.endsWith("-CoordinatorState"))
                .anyMatch(resource -> resource.endsWith("-WorkerMetricStats"));
        assertAllowed(calls, RolePolicies.read(template), Set.of(RolePolicies.WORKER));
    }

    /** Asserts that each caller has made calls, and that its role allows each of them. */
    private static void assertAllowed(
            Collection<RecordedCall> calls, RolePolicies policies, Set<String> callers) {
        List<RecordedCall> judged =
                calls.stream().filter(call -> callers.contains(call.caller())).toList();
        Map<String, Long> counts =
                judged.stream()
                        .collect(
                                Collectors.groupingBy(
                                        RecordedCall::caller, TreeMap::new, Collectors.counting()));
        List<RecordedCall> denied = denied(judged, policies);
        System.out.printf(
                "IAM gate: %d distinct calls %s, %d not allowed%n",
                judged.size(), counts, denied.size());
        assertThat(denied).as("calls that no role allows").isEmpty();
        assertThat(counts.keySet()).as("callers").isEqualTo(callers);
    }

    /** Returns the calls of known callers that their roles do not allow. */
    private static List<RecordedCall> denied(
            Collection<RecordedCall> calls, RolePolicies policies) {
        return calls.stream()
                .filter(call -> policies.callers().contains(call.caller()))
                .filter(call -> !policies.allow(call.caller(), call.action(), call.resource()))
                .toList();
    }

    private static Child startWorker(LocalCloud cloud, Path template, Path recorded)
            throws IOException {
        Map<String, String> environment = new HashMap<>(cloud.settings().variables());
        environment.put("FRESHET_LEASES", leases(template));
        environment.put("AWS_ACCESS_KEY_ID", RolePolicies.WORKER);
        environment.put("AWS_SECRET_ACCESS_KEY", "local");
        environment.put(CallRecorder.FILE, recorded.toString());
        return Child.start("worker", command(), environment, folder.resolve("worker.log"));
    }

    /** Returns the command of the packaged worker, with the recorder on its class path. */
    private static List<String> command() {
        List<String> command = new ArrayList<>();
        for (String argument : WorkerProcess.command(HOME)) {
            if (argument.contains("worker" + File.separator + "target") && argument.endsWith("*")) {
                command.add(
                        argument
                                + File.pathSeparator
                                + Path.of("target", "test-classes").toAbsolutePath()
                                + File.pathSeparator
                                + Path.of("target", "classes").toAbsolutePath());
            } else if (!argument.contains("SharedArchive")) {
                command.add(argument);
            }
        }
        return command;
    }

    /** Returns the prefix of the lease tables, as the template gives it to the worker. */
    private static String leases(Path template) throws IOException {
        JsonNode task = new ObjectMapper().readTree(Files.readString(template)).path("Resources");
        for (JsonNode variable :
                task.at("/WorkerTask/Properties/ContainerDefinitions/0/Environment")) {
            if (variable.path("Name").asText().equals("FRESHET_LEASES")) {
                return variable.path("Value").asText();
            }
        }
        throw new IllegalStateException("the worker has no lease tables");
    }

    /** Synthesizes the stack with these options, as JSON, in a process of its own. */
    private static Path synthesize(String options) throws IOException, InterruptedException {
        Path out = Files.createTempDirectory(folder, "cdk.out");
        ProcessBuilder builder =
                new ProcessBuilder("sh", HOME.resolve("infra/app.sh").toString(), out.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("synthesis.log").toFile());
        builder.environment().put("CDK_CONTEXT_JSON", options);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(folder.resolve("synthesis.log")))
                .isZero();
        return out.resolve("Freshet.template.json");
    }
}
