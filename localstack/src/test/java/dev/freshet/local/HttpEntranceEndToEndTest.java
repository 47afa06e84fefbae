package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.client.FreshetClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end-to-end contract on the local cloud, with the template of an HTTP API. */
class HttpEntranceEndToEndTest extends EndToEndContract {
    private static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    @TempDir private static Path folder = Path.of("");

    private @Nullable LocalCloud cloud;

    @Override
    FreshetClient deploy() {
        LocalCloud started =
                LocalCloud.start(
                        Options.of(HOME)
                                .withTemplate(synthesized())
                                .withState(folder.resolve("state")));
        cloud = started;
        return started.client();
    }

    private static Path synthesized() {
        Path out = folder.resolve("cdk.out");
        ProcessBuilder app =
                new ProcessBuilder("sh", HOME.resolve("infra/app.sh").toString(), out.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("synth.log").toFile());
        app.environment().put("CDK_CONTEXT_JSON", "{\"entrance\":\"http\"}");
        try {
            Process running = app.start();
            assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(running.exitValue()).isZero();
            return out.resolve("Freshet.template.json");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    Duration timeLimit() {
        return Duration.ofSeconds(20);
    }

    @Test
    void aCredentialThatIsNotValidIsRefusedAndNoneIsUnauthorized() throws Exception {
        assertThat(status("POST", "Bearer " + "x".repeat(40))).isEqualTo(403);
        assertThat(status("POST", "")).isEqualTo(401);
    }

    @Test
    void aPreflightIsAnswered() throws Exception {
        assertThat(status("OPTIONS", "")).isEqualTo(204);
    }

    private int status(String method, String authorization) throws Exception {
        URI api = Objects.requireNonNull(cloud).apiUri();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve("/v1/recommendations"))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString("{\"userId\":\"u\"}"));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @AfterAll
    void stop() {
        Objects.requireNonNull(cloud).close();
    }
}
