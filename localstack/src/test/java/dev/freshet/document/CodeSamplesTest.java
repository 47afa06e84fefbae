package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every sample of the published document, run as it is written against the local cloud, in the
 * order of {@link ApiExamples}. What the API answers to a sample is checked as the answer to the
 * example that the sample was made from.
 */
class CodeSamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the build of {@code web/api} made. */
    private static final Path PUBLISHED = Path.of("..", "web", "api", "dist", "openapi.json");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    @Test
    void everySampleInShellIsAnsweredAsTheDocumentSays(@TempDir Path state, @TempDir Path folder)
            throws Exception {
        requireAnswered("Shell", state, folder);
    }

    @Thorough.Only
    @ParameterizedTest
    @ValueSource(strings = {"JavaScript", "Java"})
    void everySampleInAnotherLanguageIsAnsweredAsTheDocumentSays(
            String lang, @TempDir Path state, @TempDir Path folder) throws Exception {
        requireAnswered(lang, state, folder);
    }

    private void requireAnswered(String lang, Path state, Path folder) throws Exception {
        Map<String, CodeSample> samples =
                samples().stream()
                        .filter(sample -> sample.lang().equals(lang))
                        .collect(Collectors.toMap(CodeSample::operationId, Function.identity()));
        if (lang.equals("Java")) {
            CodeSample.compile(List.copyOf(samples.values()), folder);
        }

        try (LocalCloud cloud =
                        LocalCloud.start(
                                TestCloud.options(state)
                                        .withSettings(StackSettings.of(Map.of("lake", "true")))
                                        .withMessages(line -> {}));
                FreshetClient client = cloud.client()) {
            assertThat(ApiExamples.wrong(cloud, client, sender(cloud, samples, folder))).isEmpty();
        }
    }

    private ApiExamples.Sender sender(
            LocalCloud cloud, Map<String, CodeSample> samples, Path folder) {
        RecordingProxy proxy = new RecordingProxy(cloud.apiUri(), ApiExamples.permit(cloud));
        opened.add(proxy);
        Map<String, String> environment =
                Map.of(
                        "FRESHET_URL", proxy.address(),
                        "FRESHET_KEY", cloud.ownerKeys().orElseThrow().secret());
        return (operation, body) -> {
            CodeSample sample = Objects.requireNonNull(samples.get(operation.id()), operation.id());
            CommandRun outcome = sample.run(folder, environment);
            RecordingProxy.Exchange exchange = proxy.only();
            assertThat(outcome.code()).as(sample + " was answered " + exchange.response()).isZero();
            assertThat(exchange.method() + " " + exchange.target())
                    .as(sample.toString())
                    .isEqualTo(operation.method() + " " + operation.target());
            requirePrinted(sample, outcome, exchange.response());
            return exchange.response();
        };
    }

    /** JavaScript prints its own notation of the answer, and the others the answer itself. */
    private static void requirePrinted(CodeSample sample, CommandRun outcome, ApiResponse response)
            throws IOException {
        if (sample.lang().equals("JavaScript")) {
            assertThat(outcome.out()).as(sample.toString()).isNotBlank();
        } else if (!response.body().isMissingNode()) {
            assertThat(JSON.readTree(outcome.out()))
                    .as(sample.toString())
                    .isEqualTo(response.body());
        }
    }

    private static List<CodeSample> samples() throws IOException {
        assertThat(PUBLISHED).as("made by 'npm run build' in web/api").exists();
        List<CodeSample> samples = new ArrayList<>();
        for (JsonNode path : JSON.readTree(Files.readAllBytes(PUBLISHED)).path("paths")) {
            for (JsonNode operation : path) {
                for (JsonNode sample : operation.path("x-codeSamples")) {
                    samples.add(
                            new CodeSample(
                                    operation.path("operationId").asText(),
                                    sample.path("lang").asText(),
                                    sample.path("source").asText()));
                }
            }
        }
        return samples;
    }
}
