package dev.freshet.entrance;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Base class of attempts at unauthorised access. Each must be refused with 401, 403, 404 or 429, or
 * with 400 if the input is malformed, never with 5xx, and its body must contain nothing but the
 * problem document.
 */
abstract class AccessAttempts {
    static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 429, 431);
    private static final Set<String> MEMBERS =
            Set.of("type", "title", "status", "detail", "instance", "code");
    static final Duration LASTING = Duration.ofMinutes(10);

    static Scene scene() {
        return Scene.shared();
    }

    static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    static ApiResponse get(String credential, String path) {
        return with(credential, client -> client.get(path));
    }

    static ApiResponse post(String credential, String path, String body) {
        return with(credential, client -> client.post(path, json(body)));
    }

    static ApiResponse put(String credential, String path, String body) {
        return with(credential, client -> client.put(path, json(body)));
    }

    /** Sends a request without a body, as it is written. */
    static RawRequest raw(String method, String path, String... headers) throws IOException {
        return RawRequest.send(scene().cloud().apiUri(), method, path, "", headers);
    }

    private static ApiResponse with(String credential, Function<FreshetClient, ApiResponse> call) {
        try (FreshetClient client = scene().client(credential)) {
            return call.apply(client);
        }
    }

    /**
     * Asserts a refusal with this status and code, whose body contains the problem document and
     * nothing else.
     */
    void assertRefused(ApiResponse answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertNothingElse(answer.body());
    }

    void assertNothingElse(JsonNode problem) {
        List<String> members = new ArrayList<>();
        problem.fieldNames().forEachRemaining(members::add);
        assertThat(MEMBERS).as("%s", problem).containsAll(members);
        assertThat(problem.toString())
                .doesNotContain(
                        scene().userTokens.keyId(),
                        scene().secret,
                        scene().publishable,
                        "Exception",
                        "dynamo",
                        "DynamoDb",
                        "arn:",
                        "dev.freshet",
                        "\\n\\tat ");
    }

    void assertRefused(RawRequest line, int... statuses) {
        assertThat(statuses).as("%s", line).contains(line.status());
        if (!line.body().isEmpty()) {
            assertNothingElse(json(line.body()));
        }
    }
}
