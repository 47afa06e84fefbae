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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds every call that the worker makes to the permissions of its role. Those of the functions are
 * held to theirs on the cloud of HttpEntranceEndToEndTest.
 */
class IamGateTest {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir private static Path folder = Path.of("");

    @Test
    @Thorough.Only
    void theRoleOfTheWorkerAllowsEveryCallThatItAndTheKinesisClientLibraryMake() throws Exception {
        Path template = IamGate.synthesize("{\"consumer\":\"worker\",\"lake\":\"true\"}", folder);
        Path recorded = folder.resolve("calls-of-the-worker");
        try (LocalCloud cloud =
                        LocalCloud.start(
                                Options.of(HOME)
                                        .withState(folder.resolve("worker"))
                                        .withTemplate(template)
                                        .with(Options.Switch.WORKER));
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
        IamGate.assertAllowed(calls, RolePolicies.read(template), Set.of(RolePolicies.WORKER));
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
}
