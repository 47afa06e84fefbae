package dev.freshet.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.local.template.RolePolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds every call that the functions make to the permissions of their roles. Those of earlier
 * tests in this process are judged too, so the stack has what any of them may call: the lake.
 */
public final class IamGate {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    private IamGate() {}

    /**
     * Lets the functions of a cloud do all that they do, and asserts that the roles of its template
     * allow each of their calls.
     *
     * @param folder an empty one, for templates that lack rights
     */
    public static void check(LocalCloud cloud, Path template, Path folder) throws Exception {
        EveryOperation.of(cloud);
        SignedCalls.of(cloud);
        assertAllowed(
                CallRecorder.calls(),
                RolePolicies.read(template),
                Set.of(
                        "authorize collect recommend catalog profile privacy features train compact retain"
                                .split(" ", -1)));
        assertDeniedWithout(template, "lambda:InvokeFunction", "train", folder);
        assertDeniedWithout(template, "cloudwatch:GetMetricData", "retain", folder);
    }

    /** Asserts that the gate finds the calls of an action if no role is permitted it. */
    private static void assertDeniedWithout(
            Path template, String action, String caller, Path folder) throws IOException {
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

    /** Asserts that each caller has made calls, and that its role allows each of them. */
    static void assertAllowed(
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

    /**
     * Synthesizes the stack with these options, as JSON, in a process of its own.
     *
     * <p>An empty file stands for the jar of the batch jobs, which the build leaves out.
     *
     * @return the template, in a new folder within the given one
     */
    public static Path synthesize(String options, Path folder)
            throws IOException, InterruptedException {
        Path out = Files.createTempDirectory(folder, "cdk.out");
        ProcessBuilder builder =
                new ProcessBuilder("sh", HOME.resolve("infra/app.sh").toString(), out.toString());
        builder.environment().put("CDK_CONTEXT_JSON", options);
        builder.environment()
                .put(
                        "FRESHET_BATCH",
                        Files.writeString(folder.resolve("batch.jar"), "").toString());
        CommandRun ran = CommandRun.of(builder, folder, 120);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return out.resolve("Freshet.template.json");
    }
}
