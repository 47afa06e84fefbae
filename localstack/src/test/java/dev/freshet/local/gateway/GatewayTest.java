package dev.freshet.local.gateway;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.SiteHeaders;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.OpenedParts;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {

    private static final Cloud SAMPLE =
            TemplateReader.read(
                    Path.of("src/test/resources/dev/freshet/local/sample.template.json"));

    private static final String NONE = "{\"notes\":[]}";
    private final List<JsonNode> seen = new CopyOnWriteArrayList<>();
    @AutoClose private final HttpClient http = HttpClient.newHttpClient();
    private volatile Meanwhile beside = () -> {};
    private Invocation answer = new Invocation.Answer("{\"statusCode\":200,\"body\":\"ok\"}");
    @AutoClose private Gateway gateway = gateway(Path.of("nowhere"), 0);

    /** Code that runs while the function is working. */
    private interface Meanwhile {
        void run() throws InterruptedException;
    }

    private Gateway gateway(Path site, int port) {
        return new Gateway(
                port,
                SAMPLE,
                site,
                (function, payload, limit) -> {
                    seen.add(json(payload));
                    beside.run();
                    return answer;
                },
                UsagePlanLimits.none(InstantSource.system()),
                () -> "request-1",
                InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")),
                line -> {});
    }

    @BeforeEach
    void start(@TempDir Path site) throws IOException {
        Files.writeString(site.resolve("index.html"), "<h1>home</h1>");
        Files.writeString(site.resolveSibling("secret.txt"), "secret");
        gateway.close();
        gateway = gateway(site, 0);
        gateway.start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
    void anotherMediaTypeIsRefused(String mediaType) throws Exception {
        HttpResponse<String> response = post(mediaType, NONE);

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(json(response.body()).path("code").asText()).isEqualTo("unsupported-media-type");
        assertThat(json(response.body()).path("instance").asText()).isEqualTo("request-1");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "{", "nope", "[]",
                "{}", "{\"notes\":1}", "{\"notes\":[]} trailing", "{\"notes\":[NaN]}",
                "\"text\""
            })
    void aBodyThatIsNotTheDocumentsJsonIsRefused(String body) throws Exception {
        HttpResponse<String> response = post("application/json", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(seen).isEmpty();
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        String deep = "{\"notes\":[" + "[".repeat(100_000) + "]".repeat(100_000) + "]}";

        assertThat(post("application/json", deep).statusCode()).isEqualTo(400);
    }

    @Test
    void contentsOfEventsAreNotValidatedByTheGateway() throws Exception {
        String body = "{\"notes\":[1,null,\"x\"],\"more\":{}}";
        assertThat(post("application/json; charset=utf-8", body).statusCode()).isEqualTo(200);
        assertThat(seen.getFirst().path("body").asText()).isEqualTo(body);
    }

    @Test
    void elevenMegabytesAreRefused() throws Exception {
        String large = "{\"notes\":[\"" + "x".repeat(11 * 1024 * 1024) + "\"]}";

        assertThat(post("application/json", large).statusCode()).isEqualTo(413);
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/v1/nothing,404",
        "DELETE,/v1/notes,405",
        "GET,/v1/notes,405",
        "POST,/v1/notes/x/y,404"
    })
    void unknownRoutesAndMethodsAreProblems(String method, String path, int status)
            throws Exception {
        HttpResponse<String> response = send(method, path);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(json(response.body()).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void aPreflightIsAnsweredFromTheDocument() throws Exception {
        HttpResponse<String> response = send("OPTIONS", "/v1/notes");

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("access-control-allow-methods"))
                .hasValue("POST,OPTIONS");
        assertThat(seen).isEmpty();
    }

    @Test
    void failuresOfAFunctionBecomeProblemsOfTheGateway() throws Exception {
        answer = new Invocation.Failed("java.lang.IllegalStateException", "inner workings");
        assertThat(post("application/json", NONE).statusCode()).isEqualTo(502);
        assertThat(post("application/json", NONE).body()).doesNotContain("inner workings");

        answer = new Invocation.TimedOut(29_000);
        assertThat(post("application/json", NONE).statusCode()).isEqualTo(504);

        answer = new Invocation.Throttled();
        assertThat(post("application/json", NONE).statusCode()).isEqualTo(429);

        answer = new Invocation.Answer("not an answer");
        assertThat(post("application/json", NONE).statusCode()).isEqualTo(502);

        answer = new Invocation.Answer("{\"statusCode\":0}");
        HttpResponse<String> refused = post("application/json", NONE);
        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
    }

    @Test
    void requestsBeyondTheLimitAreThrottled() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(Intake.MAX_REQUESTS);
        beside =
                () -> {
                    arrived.countDown();
                    release.await();
                };
        List<CompletableFuture<HttpResponse<String>>> held = new ArrayList<>();
        for (int i = 0; i < Intake.MAX_REQUESTS; i++) {
            held.add(http.sendAsync(request("application/json", NONE), BodyHandlers.ofString()));
        }
        arrived.await();

        HttpResponse<String> shed = post("application/json", NONE);

        assertThat(shed.statusCode()).isEqualTo(429);
        release.countDown();
        for (CompletableFuture<HttpResponse<String>> answered : held) {
            assertThat(answered.get().statusCode()).isEqualTo(200);
        }
        assertThat(post("application/json", NONE).statusCode()).isEqualTo(200);
    }

    @Test
    void bodiesThatAreSentHalfwayHoldNoPlaceOfOthers() throws Exception {
        byte[] half =
                ("POST /v1/notes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                                + Intake.MAX_BODY_BYTES
                                + "\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII);
        try (OpenedParts open = new OpenedParts(line -> {})) {
            for (int i = 0; i < 300; i++) {
                InetAddress host = InetAddress.getLoopbackAddress();
                open.open(new Socket(host, gateway.uri().getPort())).getOutputStream().write(half);
            }
            for (int i = 0; i < 20; i++) {
                assertThat(post("application/json", NONE).statusCode()).isEqualTo(200);
                Thread.sleep(20); // the half ones arrive meanwhile
            }
        }
    }

    @Test
    void headersAndStatusOfTheFunctionAreKept() throws Exception {
        answer =
                new Invocation.Answer(
                        "{\"statusCode\":503,\"headers\":{\"Retry-After\":\"1\",\"Content-Type\":\"application/problem+json\"},"
                                + "\"body\":\"{}\"}");

        HttpResponse<String> response = post("application/json", NONE);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        assertThat(response.headers().allValues("content-type"))
                .containsExactly("application/problem+json");
    }

    @Test
    void aFaultOfTheGatewayItselfIsAnsweredWith502() throws Exception {
        beside =
                () -> {
                    throw new IllegalStateException("inner workings");
                };

        HttpResponse<String> response = post("application/json", NONE);

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(response.body()).doesNotContain("inner workings");
    }

    @Test
    void aBodyWhoseChunksAreNoChunksIsRefused() throws Exception {
        String request =
                """
                POST /v1/notes HTTP/1.1
                Host: localhost
                Content-Type: application/json
                Transfer-Encoding: chunked

                zz
                {}
                0

                """;
        String answer = exchanged(gateway, request.replace("\n", "\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example", "Host: evil.example:80",
                "Host: localhost.evil.example", "Host: 127.0.0.1@evil.example",
                "Host: localhost\r\nHost: evil.example", "X: no host"
            })
    void aRequestThatNamesAnotherHostIsRefused(String header) throws Exception {
        gateway.serve("/_freshet/status", _ -> HttpReply.of(200, "text/plain", "ready"));
        for (String path : List.of("/", "/v1/notes", "/_freshet/status")) {
            String answer =
                    exchanged(
                            gateway,
                            "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
                                    .formatted(path, header));

            assertThat(answer).as(path).startsWith("HTTP/1.1 421 ").contains("foreign-host");
        }
        assertThat(seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "http://localhost.evil.example", "null"})
    void aPageOfAnotherMachineReadsTheApiAsItMayButNotTheStatus(String origin) throws Exception {
        gateway.serve("/_freshet/status", _ -> HttpReply.of(200, "text/plain", "ready"));
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nConnection: close\r\n\r\n";

        assertThat(exchanged(gateway, request.formatted("/_freshet/status", origin)))
                .startsWith("HTTP/1.1 403 ")
                .contains("foreign-origin");
        assertThat(exchanged(gateway, request.formatted("/", origin))).startsWith("HTTP/1.1 200 ");
        assertThat(
                        exchanged(
                                gateway,
                                request.formatted("/_freshet/status", "http://localhost:3000")))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1", "127.0.0.1:1", "[::1]:9"})
    void aRequestThatNamesThisMachineIsServed(String host) throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        assertThat(exchanged(gateway, request)).startsWith("HTTP/1.1 200 ");
    }

    /** Returns what the server sends back until it closes the connection. */
    static String exchanged(Gateway gateway, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void onlyFilesOfTheSiteAreServed() throws Exception {
        assertThat(get("/").body()).isEqualTo("<h1>home</h1>");
        assertThat(get("/%2e%2e/secret.txt").statusCode()).isEqualTo(404);
        assertThat(get("/%00").statusCode()).isEqualTo(404);
    }

    @Test
    void filesHaveTheHeadersThatTheSiteStates(@TempDir Path site) throws Exception {
        Files.createDirectory(site.resolve("assets"));
        Files.writeString(site.resolve("index.html"), "<h1>home</h1>");
        Files.writeString(site.resolve("assets/app-1a2b.js"), "export {}");
        Files.writeString(
                site.resolve(SiteHeaders.FILE),
                """
                [{"prefix": "/",
                  "headers": {"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-cache"}},
                 {"prefix": "/assets/", "headers": {"Cache-Control": "immutable"}}]\
                """);
        gateway.close();
        gateway = gateway(site, 0);
        gateway.start();

        assertThat(get("/").headers().map())
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'"))
                .containsEntry("Cache-Control", List.of("no-cache"));
        assertThat(get("/assets/app-1a2b.js").headers().map())
                .containsEntry("Content-Security-Policy", List.of("default-src 'none'"))
                .containsEntry("Cache-Control", List.of("immutable"))
                .containsEntry("Content-Type", List.of("text/javascript; charset=utf-8"));
        assertThat(get("/assets/%2e%2e/index.html").headers().firstValue("Cache-Control"))
                .as("the headers are those of the file that is served")
                .hasValue("no-cache");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "[{\"prefix\": \"/\"}]", "[{\"headers\": {\"A\": \"b\"}}]"})
    void headersInAnotherFormAreRefusedAtTheStart(String json, @TempDir Path site)
            throws Exception {
        Files.writeString(site.resolve(SiteHeaders.FILE), json);

        assertThatThrownBy(() -> gateway(site, 0))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining(SiteHeaders.FILE);
    }

    @Test
    void aPortInUseIsReported() {
        assertThatThrownBy(() -> gateway(Path.of("nowhere"), gateway.uri().getPort()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("--port");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private HttpResponse<String> send(String method, String path)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.uri() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String mediaType, String body)
            throws IOException, InterruptedException {
        return http.send(request(mediaType, body), BodyHandlers.ofString());
    }

    private HttpRequest request(String mediaType, String body) {
        return HttpRequest.newBuilder(gateway.uri().resolve("/v1/notes"))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
