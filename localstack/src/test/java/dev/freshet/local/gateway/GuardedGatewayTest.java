package dev.freshet.local.gateway;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Tests of an API whose document has an authorizer and a usage plan, with functions of the test.
 */
class GuardedGatewayTest {
    private static final Cloud GUARDED =
            TemplateReader.read(
                    Path.of("src/test/resources/dev/freshet/local/guarded.template.json"));

    private final List<JsonNode> taken = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    @AutoClose private final HttpClient http = HttpClient.newHttpClient();
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private volatile boolean storeIsDown;

    @AutoClose
    private final Gateway gateway =
            new Gateway(
                    0,
                    GUARDED,
                    Path.of("nowhere"),
                    this::invoke,
                    new UsagePlanLimits(
                            GUARDED.usagePlans(),
                            key -> key.equals("stray") ? Optional.empty() : Optional.of("users"),
                            false,
                            () -> now),
                    () -> "request-1",
                    () -> now,
                    line -> {});

    /** Authorizer that admits every named credential for the notes API, except eve. */
    private Invocation invoke(String function, String payload, Duration limit) {
        JsonNode event = json(payload);
        if (function.equals("take")) {
            taken.add(event);
            return new Invocation.Answer("{\"statusCode\":200,\"body\":\"ok\"}");
        }
        String name = event.path("authorizationToken").asText().substring("Bearer ".length());
        asked.add(name);
        if (storeIsDown) {
            return new Invocation.Failed("StoreUnavailable", "inner workings");
        }
        if (name.equals("eve")) {
            return new Invocation.Failed("java.lang.RuntimeException", "Unauthorized");
        }
        return new Invocation.Answer(
                """
                {"principalId":"%1$s","policyDocument":{"Statement":[{"Effect":"Allow",
                  "Action":"execute-api:Invoke","Resource":"%2$s"}]},
                 "context":{"name":"%1$s"},"usageIdentifierKey":"%1$s"}"""
                        .formatted(name, Gateway.arn("*", "/v1/notes/*")));
    }

    @BeforeEach
    void start() {
        gateway.start();
    }

    private HttpResponse<String> call(String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(gateway.uri() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private int status(String method, String name) throws IOException, InterruptedException {
        return call(method, "/v1/notes/one", "Authorization", "Bearer " + name).statusCode();
    }

    @Test
    void theFunctionReceivesTheCaller() throws Exception {
        assertThat(status("GET", "ann")).isEqualTo(200);

        JsonNode authorizer = taken.getFirst().path("requestContext").path("authorizer");
        assertThat(authorizer.path("principalId").asText()).isEqualTo("ann");
        assertThat(authorizer.path("name").asText()).isEqualTo("ann");
    }

    @Test
    void aRequestWithoutACredentialIsUnauthorizedAndInvokesNoFunction() throws Exception {
        assertThat(call("GET", "/v1/notes/one").statusCode()).isEqualTo(401);
        assertThat(call("GET", "/v1/notes/one?Authorization=Bearer%20ann").statusCode())
                .isEqualTo(401);
        assertThat(call("GET", "/v1/notes/one", "X-Api-Key", "ann").statusCode()).isEqualTo(401);
        String[] two = {"Authorization", "Bearer ann", "Authorization", "Bearer bob"};
        assertThat(call("GET", "/v1/notes/one", two).statusCode()).isEqualTo(401);
        assertThat(taken).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void anUnknownCredentialGetsTheDocumentsAnswer() throws Exception {
        HttpResponse<String> response = call("GET", "/v1/notes/one", "Authorization", "Bearer eve");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response.body()).path("instance").asText()).isEqualTo("request-1");
        assertThat(taken).isEmpty();
    }

    @Test
    void aFailingAuthorizerAdmitsNobodyAndRevealsNothing() throws Exception {
        storeIsDown = true;

        HttpResponse<String> response = call("GET", "/v1/notes/one", "Authorization", "Bearer ann");

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.body()).doesNotContain("inner workings");
        assertThat(taken).isEmpty();
    }

    @Test
    void aGrantIsCachedForAllRoutesForAMinute() throws Exception {
        status("GET", "ann");
        status("PUT", "ann");
        assertThat(asked).hasSize(1);

        now = now.plusSeconds(60);
        status("PUT", "ann");
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFloodIsThrottledAndOtherKeysAreServed() throws Exception {
        int served = 0;
        for (int i = 0; i < 10; i++) {
            served += status("GET", "ann") == 200 ? 1 : 0;
        }

        assertThat(served).isEqualTo(3);
        assertThat(status("GET", "ann")).isEqualTo(429);
        assertThat(status("GET", "bob")).isEqualTo(200);
        assertThat(status("PUT", "ann")).as("a route without a plan").isEqualTo(200);
    }

    @Test
    void aKeyWithoutAPlanIsRefused() throws Exception {
        assertThat(status("GET", "stray")).isEqualTo(403);
    }

    @Test
    void aPreflightAndAPublicRouteNeedNoCredential() throws Exception {
        assertThat(call("OPTIONS", "/v1/notes/one").statusCode()).isEqualTo(204);
        assertThat(call("DELETE", "/v1/notes/one").statusCode()).isEqualTo(200);
        assertThat(taken.getFirst().path("requestContext").has("authorizer")).isFalse();
    }

    @Test
    void headersBeyondTenKilobytesAreRefused() throws Exception {
        String large = "x".repeat(10_240);

        String[] headers = {"Authorization", "Bearer ann", "X-Large", large};
        assertThat(call("GET", "/v1/notes/one", headers).statusCode()).isEqualTo(431);
        assertThat(call("GET", "/v1/notes/" + large).statusCode()).isEqualTo(431);
        assertThat(taken).isEmpty();
    }

    @Test
    void aPathThatLooksLikeAnAuthorityMatchesNoRoute() throws Exception {
        // Written by hand, because an HTTP client would not send it.
        String request =
                """
                GET //evil/v1/notes/one HTTP/1.1
                Host: localhost
                Authorization: Bearer ann
                Connection: close

                """
                        .replace("\n", "\r\n");
        assertThat(GatewayTest.exchanged(gateway, request)).startsWith("HTTP/1.1 404");
        assertThat(taken).isEmpty();
    }
}
