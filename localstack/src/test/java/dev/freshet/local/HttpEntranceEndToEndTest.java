package dev.freshet.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.api.FreshetClient;
import dev.freshet.iam.IamGate;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
                opened.open(
                        LocalCloud.start(
                                TestCloud.options(folder.resolve("state")).withTemplate(template)));
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
    void aCredentialThatIsNotValidIsRefusedAndNoneIsUnauthorized() {
        assertThat(status("POST", "Bearer " + "x".repeat(40))).isEqualTo(403);
        assertThat(status("POST", "")).isEqualTo(401);
    }

    @Test
    void aPreflightIsAnswered() {
        assertThat(status("OPTIONS", "")).isEqualTo(204);
    }

    private int status(String method, String authorization) {
        URI api = Objects.requireNonNull(cloud).apiUri();
        Map<String, String> headers =
                authorization.isEmpty() ? Map.of() : Map.of("Authorization", authorization);
        try (FreshetClient client = new FreshetClient(api)) {
            byte[] body = "{\"userId\":\"u\"}".getBytes(UTF_8);
            return client.exchange(method, "/v1/recommendations", body, headers).statusCode();
        }
    }
}
