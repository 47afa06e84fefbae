package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.iam.IamGate;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The end-to-end contract on the local cloud, with the template of an HTTP API and a lake, and the
 * permissions of its functions.
 */
class HttpEntranceEndToEndTest extends EndToEndContract {
    @TempDir private static Path folder = Path.of("");
    private @Nullable LocalCloud cloud;
    private Path template = Path.of("");

    @Override
    FreshetClient deploy() throws Exception {
        template = IamGate.synthesize("{\"entrance\":\"http\",\"lake\":\"true\"}", folder);
        LocalCloud started =
                LocalCloud.start(TestCloud.options(folder.resolve("state")).withTemplate(template));
        cloud = started;
        return started.client();
    }

    @Test
    void theRolesOfTheFunctionsAllowEveryCallThatTheyMake() throws Exception {
        IamGate.check(Objects.requireNonNull(cloud), template, folder);
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
