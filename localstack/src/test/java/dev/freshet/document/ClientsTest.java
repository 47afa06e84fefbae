package dev.freshet.document;

import static dev.freshet.document.ClientProgram.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clients in TypeScript, Python and Java, as the build made them. */
class ClientsTest {
    /** The exit code of the script where a tool or a registry is missing. */
    private static final int IS_MISSING = 77;

    private static final int SEEDS = Thorough.number(1, 10);
    private static final Map<ClientProgram, String> THOUSAND =
            Map.of(
                    ClientProgram.TYPESCRIPT, "thousand.mjs",
                    ClientProgram.PYTHON, "thousand.py",
                    ClientProgram.JAVA, "Thousand.java");

    @ParameterizedTest
    @EnumSource
    void aThousandEventsArriveOnceAndInOrderOrAreToldRefusedThoughOneRequestInFiveFails(
            ClientProgram client, @TempDir Path folder) throws Exception {
        client.assumeBuilt();
        String source = ClientProgram.resource(Objects.requireNonNull(THOUSAND.get(client)));
        List<String> command = client.command(folder, source);
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (FaultyApi api = new FaultyApi(seed)) {
                CommandRun run =
                        ClientProgram.run(folder, command, Map.of("FRESHET_URL", api.address()));
                System.out.printf(
                        "%s, seed %d: %d requests, failed: %s%n",
                        client, seed, api.requests, api.faults);

                assertThat(run.out()).as(run.err()).isEqualTo("refused 8, left 0\n");
                assertThat(api.refused.values())
                        .containsExactlyInAnyOrder(17L, 101L, 267L, 351L, 517L, 601L, 767L, 851L);
                assertThat(api.wrong).isEmpty();
                assertThat(api.known).hasSizeGreaterThan(500);
                assertThat(numbers(api, "")).hasSize(992).doesNotHaveDuplicates();
                for (int user = 0; user < 10; user++) {
                    assertThat(numbers(api, "u-" + user)).isNotEmpty().isSorted();
                }
                assertThat(api.faults.values().stream().mapToInt(Integer::intValue).sum())
                        .isGreaterThan(api.requests / 10);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theExampleOfTheReadmeRunsAgainstTheLocalCloud(ClientProgram client, @TempDir Path folder)
            throws Exception {
        client.assumeBuilt();
        LocalCloud cloud = TestCloud.shared();
        String example = client.example().replace("reader-7", "reader-" + client);
        CommandRun run = client.run(folder, example, environment(cloud));

        requireExample(run, "reader-" + client);
    }

    @Thorough.Only
    @ParameterizedTest
    @EnumSource
    void thePackageOfAReleaseServesAProjectOutsideOfTheCheckout(
            ClientProgram client, @TempDir Path folder) throws Exception {
        client.assumeBuilt();
        String user = "reader-of-a-package-in-" + client;
        Map<String, String> environment = new HashMap<>(environment(TestCloud.shared()));
        environment.put("FRESHET_USER", user);
        String script = TestCloud.HOME.resolve("web/clients/consume.sh").toString();
        String project = folder.resolve("project").toString();
        CommandRun run =
                ClientProgram.run(
                        folder, List.of("sh", script, client.toString(), project), environment);

        assumeTrue(run.code() != IS_MISSING, run.err());
        requireExample(run, user);
    }

    @Test
    void theClientInPythonPassesItsOwnTests(@TempDir Path folder) throws Exception {
        ClientProgram python = ClientProgram.PYTHON;
        python.assumeBuilt();
        CommandRun run =
                ClientProgram.run(
                        folder,
                        words(
                                "python3 -W ignore::ResourceWarning -m unittest discover -s "
                                        + python.directory().resolve("tests")),
                        Map.of("PYTHONPATH", python.directory() + "/target/package/src"));

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("Ran 20 tests").doesNotContain("skipped");
    }

    private static Map<String, String> environment(LocalCloud cloud) {
        String key = cloud.ownerKeys().orElseThrow().secret();
        return Map.of("FRESHET_URL", cloud.apiUri().toString(), "FRESHET_KEY", key);
    }

    private static void requireExample(CommandRun run, String user) {
        assertThat(run.code()).as(run.err() + run.out()).isZero();
        assertThat(run.out().lines())
                .as(run.err())
                .contains("0 events left", "2 ranked", "experiments listed", user + " exported")
                .contains("404 unknown-item", "0 events not taken");
    }

    /** Returns the numbers of the stored events of a user, or of all, in the order of storing. */
    private static List<Long> numbers(FaultyApi api, String user) {
        return api.stored.values().stream()
                .filter(event -> user.isEmpty() || event.path("userId").asText().equals(user))
                .map(event -> event.path("itemId").asLong())
                .toList();
    }
}
