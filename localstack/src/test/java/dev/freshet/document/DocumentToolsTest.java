package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.folder.OwnerKeys;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Toolbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published document under linters that others wrote, and the API of the local cloud under
 * schemathesis, which makes requests of the document and holds responses against it.
 */
@EnabledIfSystemProperty(
        named = "freshet.tools",
        matches = "true",
        disabledReason = "runs with ./mvnw verify -Ptools")
class DocumentToolsTest {
    private static final Path PUBLISHED = Path.of("../web/api/dist/openapi.json").toAbsolutePath();
    private static final Path TOOLS = Path.of("tools").toAbsolutePath();
    private static final Path INSTALLED = Path.of("target", "tools");

    /** Most noises, so that the list of them stays one that is read. */
    private static final int MAX_NOISES = 10;

    private static final int LINT_SECONDS = 300;

    /** The time of a run, whose last phases go on until it is over. */
    private static final int RUN_SECONDS = Integer.getInteger("freshet.tools.seconds", 600);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder = Path.of("");

    @Test
    void redoclyFindsNothing() throws Exception {
        assertThat(lint("redocly lint --extends=recommended "))
                .contains("Your API description is valid")
                .doesNotContain("You have");
    }

    @Test
    void spectralFindsNothing() throws Exception {
        assertThat(lint("spectral lint --ruleset " + TOOLS.resolve("spectral.yaml") + " "))
                .contains("No results with a severity of 'error' found")
                .doesNotContain("warning");
    }

    private String lint(String command) throws Exception {
        Path programs =
                Toolbox.npm(INSTALLED.resolve("linters"), TOOLS.resolve("package-lock.json"));
        String[] words = (programs + "/" + command + PUBLISHED).split(" ", -1);
        CommandRun ran = CommandRun.of(new ProcessBuilder(words), folder, LINT_SECONDS);
        assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
        return ran.out() + ran.err();
    }

    /** What schemathesis objects to although it is meant: a check, operations and codes. */
    private record Noise(String check, Pattern operations, Pattern codes) {
        static Noise of(String line) {
            String[] parts = line.split(" \\| ", 3);
            return new Noise(parts[0], Pattern.compile(parts[1]), Pattern.compile(parts[2]));
        }

        boolean covers(Objection objection) {
            return check.equals(objection.check())
                    && operations.matcher(objection.operation()).matches()
                    && codes.matcher(objection.answer()).matches();
        }
    }

    /**
     * What schemathesis objects to.
     *
     * @param operation method and path
     * @param answer the status and, of a refusal, its code
     */
    private record Objection(String check, String operation, String answer) {}

    @ParameterizedTest
    @CsvSource({"secret, 20261129", "publishable, 20261130", "none, 20261131"})
    void schemathesisFindsNothingButKnownNoise(String credential, int seed) throws Exception {
        Path programs =
                Toolbox.python(
                        INSTALLED.resolve("schemathesis"), TOOLS.resolve("schemathesis.txt"));
        List<Noise> noises =
                Files.readAllLines(TOOLS.resolve("schemathesis-noise.txt")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(Noise::of)
                        .toList();
        assertThat(noises).hasSizeLessThanOrEqualTo(MAX_NOISES);
        Path report = folder.resolve("report.ndjson");
        Options options = TestCloud.options(folder.resolve("state")).withMessages(line -> {});
        try (LocalCloud cloud = LocalCloud.start(options)) {
            String run =
                    ("%s/st run %s --url %s --checks=all --phases=examples,coverage,fuzzing,stateful"
                                    + " --continue-on-failure --suppress-health-check=all --warnings=off --workers=2"
                                    + " --max-time=%d --seed=%d --report=ndjson --report-ndjson-path=%s")
                            .formatted(
                                    programs, PUBLISHED, cloud.apiUri(), RUN_SECONDS, seed, report);
            List<String> command = new ArrayList<>(List.of(run.split(" ", -1)));
            OwnerKeys keys = cloud.ownerKeys().orElseThrow();
            if (!credential.equals("none")) {
                String key = credential.equals("secret") ? keys.secret() : keys.publishable();
                command.addAll(List.of("-H", "Authorization: Bearer " + key));
            }
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().put("SCHEMATHESIS_HOOKS", "schemathesis_hooks");
            builder.environment().put("PYTHONPATH", TOOLS.toString());
            builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
            CommandRun ran = CommandRun.of(builder, folder, 3 * RUN_SECONDS);
            assertThat(ran.code()).as(ran.out() + ran.err()).isBetween(0, 1);
            assertThat(ran.out()).as("faults of the hooks").doesNotContain("= ERRORS =");
        }

        Map<Objection, Integer> found = new HashMap<>();
        int cases = read(report, found);
        System.out.printf(
                "schemathesis, %s, seed %d: %d cases, %s%n", credential, seed, cases, found);
        assertThat(cases).isGreaterThan(1_000);
        assertThat(found.keySet())
                .allMatch(one -> noises.stream().anyMatch(noise -> noise.covers(one)));
    }

    /** Counts the objections of a report; returns the number of its cases. */
    private static int read(Path report, Map<Objection, Integer> found) throws IOException {
        int cases = 0;
        try (Stream<String> lines = Files.lines(report)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode recorder = JSON.readTree(line).at("/ScenarioFinished/recorder");
                cases += recorder.path("interactions").size();
                for (Map.Entry<String, JsonNode> of : recorder.path("checks").properties()) {
                    JsonNode interaction = recorder.path("interactions").path(of.getKey());
                    for (JsonNode check : of.getValue()) {
                        if (!check.path("status").asText().equals("success")) {
                            found.merge(objection(check, recorder, interaction), 1, Integer::sum);
                        }
                    }
                }
            }
        }
        return cases;
    }

    private static Objection objection(JsonNode check, JsonNode recorder, JsonNode interaction)
            throws IOException {
        JsonNode response = interaction.path("response");
        byte[] body = response.at("/content/$base64").binaryValue();
        String code =
                response.path("status_code").asInt() >= 400 && body != null && body.length > 0
                        ? " " + JSON.readTree(body).path("code").asText()
                        : "";
        return new Objection(
                check.path("name").asText(),
                check.at("/failure_info/failure/operation").asText(recorder.path("label").asText()),
                response.path("status_code").asText() + code);
    }
}
