package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PersonRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "the-secret-key";

    /** The API's responses by method and path; what is not here is not found. */
    private final Map<String, String> answers =
            new HashMap<>(
                    Map.of(
                            "GET /v1/users/u-1",
                            """
                            {"userId":"u-1","attributes":{"tier":"gold"},"aliases":[]}""",
                            "GET /v1/users/u-1/interactions",
                            """
                            {"interactions":[{"eventId":"e","type":"click","itemId":"a-1",
                            "occurredAt":"2026-01-01T00:00:00Z","receivedAt":"later"}]}""",
                            "POST /v1/recommendations/explain",
                            """
                            {"items":[{"itemId":"a-2","score":1,"reasons":[],
                            "movedBy":[{"type":"click","itemId":"a-1","part":0.5,"lift":0.4}]}],
                            "model":{"version":3},"personalised":true,"reflects":{"events":7},
                            "sources":[{"source":"popularity","found":9,"kept":8}],
                            "filters":[],"best":[{"itemId":"a-9"}]}"""));

    private final List<String> requests = new ArrayList<>();
    @AutoClose private final LoopbackServer server = new LoopbackServer(0);
    private final URI address = server.uri();
    @AutoClose private final FreshetClient client = new FreshetClient(address, Optional.of(SECRET));
    @AutoClose private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void serve() {
        server.serve("/v1/", this::answer);
        PersonRoutes routes =
                new PersonRoutes(
                        client,
                        List.of("u-1", "u-2"),
                        id -> Optional.ofNullable(Map.of("a-1", "One", "a-2", "Two").get(id)));
        server.serve(PersonRoutes.USERS, routes::user);
        server.serve(
                PersonRoutes.DASHBOARD,
                exchange -> PersonRoutes.dashboard(exchange, () -> Optional.of("fik_a")));
        server.start();
    }

    private HttpReply answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String route = exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        requests.add(route + " " + body);
        String answer = answers.get(route);
        return answer == null
                ? HttpReply.of(404, "application/json", "{\"detail\":\"There is none.\"}")
                : HttpReply.of(200, "application/json", answer);
    }

    private HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void aUserIsToldWithTitlesAndWithoutWhatThePageDoesNotShow() throws Exception {
        HttpResponse<String> answer = get(PersonRoutes.USERS + "/u-1");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode expected =
                JSON.readTree(
                        """
                        {"userId":"u-1","profile":{"attributes":{"tier":"gold"},"aliases":[]},
                        "interactions":[{"eventId":"e","type":"click","itemId":"a-1",
                        "occurredAt":"2026-01-01T00:00:00Z","title":"One"}],
                        "list":{"personalised":true,"model":{"version":3},
                        "sources":[{"source":"popularity","found":9,"kept":8}],"filters":[],
                        "reflects":7,"items":[{"itemId":"a-2","reasons":[],"title":"Two",
                        "movedBy":[{"type":"click","itemId":"a-1","lift":0.4,"title":"One"}]}]}}""");
        assertThat(JSON.readTree(answer.body())).isEqualTo(expected);
        assertThat(answer.body() + answer.headers()).doesNotContain(SECRET);
    }

    @Test
    void aVisitorIsAskedForByAnonymousIdAndIdsAreEncoded() throws Exception {
        answers.put("GET /v1/users/anon-a%2Fb/interactions", "{\"interactions\":[]}");

        HttpResponse<String> answer = get(PersonRoutes.USERS + "/anon-a%2Fb");

        assertThat(JSON.readTree(answer.body()).has("profile")).isFalse();
        assertThat(requests)
                .contains(
                        "POST /v1/recommendations/explain"
                                + " {\"request\":{\"anonymousId\":\"anon-a/b\",\"count\":10}}");
    }

    @Test
    void whatTheApiRefusesIsPassedOn() throws Exception {
        HttpResponse<String> answer = get(PersonRoutes.USERS + "/nobody");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"detail\":\"There is none.\"}");
    }

    @Test
    void aPageOfTheDemoGetsAKeyOfTheDashboardAndNoOtherPageDoes() throws Exception {
        for (String site : List.of("same-origin", "same-site", "cross-site")) {
            HttpRequest request =
                    HttpRequest.newBuilder(address.resolve(PersonRoutes.DASHBOARD))
                            .header("Sec-Fetch-Site", site)
                            .POST(BodyPublishers.noBody())
                            .build();
            HttpResponse<String> answer = browser.send(request, BodyHandlers.ofString());
            boolean own = site.equals("same-origin");
            assertThat(answer.statusCode()).isEqualTo(own ? 200 : 403);
            assertThat(answer.body().contains("fik_a")).isEqualTo(own);
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
        }
        assertThat(get(PersonRoutes.DASHBOARD).statusCode()).isEqualTo(403);
    }

    @Test
    void onlyPagesOfTheDemoAndOnlyReadingAreServed() throws Exception {
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(get(PersonRoutes.USERS + "/u-1", "Sec-Fetch-Site", site).statusCode())
                    .isEqualTo(403);
        }
        HttpRequest delete =
                HttpRequest.newBuilder(address.resolve(PersonRoutes.USERS + "/u-1"))
                        .method("DELETE", BodyPublishers.noBody())
                        .build();
        assertThat(browser.send(delete, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(get(PersonRoutes.USERS + "-x").statusCode()).isEqualTo(404);
        assertThat(get(PersonRoutes.USERS + "/").statusCode()).isEqualTo(404);
        assertThat(requests).isEmpty();
        assertThat(get(PersonRoutes.USERS, "Sec-Fetch-Site", "same-origin").body())
                .isEqualTo("{\"users\":[\"u-1\",\"u-2\"]}");
    }
}
