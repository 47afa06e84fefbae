package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Operation;
import dev.freshet.access.Operations;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.local.template.Cloud.Route;
import dev.freshet.local.template.TemplateReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route with every credential. What was seen is written into {@code docs/access.md}, and the
 * test fails where the page says otherwise; {@code -Dfreshet.update=true} writes it anew.
 */
class AccessMatrixTest {
    private static final Path PAGE = Path.of("../docs/access.md");
    private static final String BEGIN = "<!-- the matrix: written by AccessMatrixTest -->\n";
    private static final String END = "<!-- the end of the matrix -->";
    private static final Duration LASTING = Duration.ofMinutes(10);

    /** What is promised, route by route. */
    private static final Map<String, Row> PROMISED = new LinkedHashMap<>();

    static {
        PROMISED.put("POST /v1/events", Row.readers());
        PROMISED.put("POST /v1/recommendations", Row.readers());
        PROMISED.put("GET /v1/items/{id}/similar", Row.readers());
        PROMISED.put("GET /v1/trending", Row.readers());
        PROMISED.put("PUT /v1/items", Row.servers());
        PROMISED.put("POST /v1/items", Row.servers());
        PROMISED.put("DELETE /v1/items/{id}", Row.servers());
        PROMISED.put("PUT /v1/users/{id}", Row.ownUser());
        PROMISED.put("GET /v1/users/{id}", Row.ownUser());
        PROMISED.put("DELETE /v1/users/{id}", Row.ownUser());
        PROMISED.put("GET /v1/users/{id}/export", Row.ownUser());
        PROMISED.put("GET /v1/users/{id}/erasure", Row.ownUser());
        PROMISED.put("POST /v1/users/alias", Row.ownUser());
    }

    private static final Set<String> PROBLEM =
            Set.of("type", "title", "status", "detail", "instance", "code");

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void eachCredentialOpensWhatIsPromisedAndNothingElse(@TempDir Path state) throws Exception {
        Map<String, Map<Who, String>> seen = new TreeMap<>();
        try (Scene scene = new Scene(state, true);
                FreshetClient server = scene.client(scene.secret)) {
            publish(server);
            Set<String> routes =
                    TemplateReader.read(Path.of("../infra/target/cdk.out")).routes().stream()
                            .map(AccessMatrixTest::name)
                            .collect(Collectors.toSet());
            assertThat(routes)
                    .as("each route of the API has its row, and each row its route")
                    .containsExactlyInAnyOrderElementsOf(PROMISED.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Operations.ALL.stream().map(Operation::toString).toList());
            for (String route : routes) {
                Map<Who, String> cells = new EnumMap<>(Who.class);
                for (Who who : Who.values()) {
                    cells.put(who, cell(scene, server, route, who));
                }
                seen.put(route, cells);
            }
        }
        Map<String, Map<Who, String>> promised = new TreeMap<>();
        PROMISED.forEach(
                (route, row) -> {
                    Map<Who, String> cells = new EnumMap<>(Who.class);
                    for (Who who : Who.values()) {
                        cells.put(who, row.of(who));
                    }
                    promised.put(route, cells);
                });
        assertThat(seen).isEqualTo(promised);
        compareWithPage(seen);
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    /** An article that similar ones can be asked for. */
    private static void publish(FreshetClient server) throws InterruptedException {
        assertThat(server.put("/v1/items", item("matrix-item")).ok()).isTrue();
        for (int i = 0; i < 400; i++) {
            if (server.get("/v1/items/matrix-item/similar").ok()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the article is not known");
    }

    private static ObjectNode item(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("itemId", id)
                .put("version", 1)
                .put("title", "An article");
    }

    private String cell(Scene scene, FreshetClient server, String route, Who who) {
        String user = "matrix-user-" + number.incrementAndGet();
        String anonymous = "anon-matrix-" + number.get();
        server.put("/v1/users/" + user, json("{\"attributes\":{\"tier\":\"gold\"}}"));
        String credential =
                switch (who) {
                    case NOBODY -> "";
                    case PAGE_ANONYMOUS, PAGE_NAMED -> scene.publishable;
                    case OWN_TOKEN -> scene.token(user, LASTING);
                    case OTHERS_TOKEN -> scene.token(user + "-else", LASTING);
                    case SECRET_KEY -> scene.secret;
                    case EXPIRED_TOKEN -> scene.token(user, LASTING.negated());
                    case REVOKED_KEY -> scene.revoked();
                };
        String person =
                who == Who.PAGE_ANONYMOUS
                        ? "\"anonymousId\":\"" + anonymous + "\""
                        : "\"userId\":\"" + user + "\"";
        String query = who == Who.PAGE_ANONYMOUS ? "anonymousId=" + anonymous : "userId=" + user;
        try (FreshetClient client =
                credential.isEmpty() ? scene.nobody() : scene.client(credential)) {
            return told(route, call(client, route, user, anonymous, person, query));
        }
    }

    private ApiResponse call(
            FreshetClient client,
            String route,
            String user,
            String anonymous,
            String person,
            String query) {
        String id = "matrix-" + number.get();
        return switch (route) {
            case "POST /v1/events" ->
                    client.post(
                            "/v1/events",
                            json(
                                    """
                                    {"events":[{"eventId":"%s","type":"click",%s,
                                     "itemId":"matrix-item","occurredAt":"%s"}]}"""
                                            .formatted(id, person, Instant.now())));
            case "POST /v1/recommendations" ->
                    client.post("/v1/recommendations", json("{%s}".formatted(person)));
            case "GET /v1/items/{id}/similar" ->
                    client.get("/v1/items/matrix-item/similar?" + query);
            case "GET /v1/trending" -> client.get("/v1/trending?" + query);
            case "PUT /v1/items" -> client.put("/v1/items", item(id));
            case "POST /v1/items" -> {
                ObjectNode body = JsonNodeFactory.instance.objectNode();
                body.putArray("items").add(item(id));
                yield client.post("/v1/items", body);
            }
            case "DELETE /v1/items/{id}" -> client.delete("/v1/items/" + id);
            case "PUT /v1/users/{id}" ->
                    client.put(
                            "/v1/users/" + user,
                            json(
                                    """
                                    {"consent":{"personalisation":true,"analytics":false}}"""));
            case "GET /v1/users/{id}" -> client.get("/v1/users/" + user);
            case "DELETE /v1/users/{id}" -> client.delete("/v1/users/" + user);
            case "GET /v1/users/{id}/export" -> client.get("/v1/users/" + user + "/export");
            case "GET /v1/users/{id}/erasure" -> client.get("/v1/users/" + user + "/erasure");
            case "POST /v1/users/alias" ->
                    client.post(
                            "/v1/users/alias",
                            json(
                                    """
                                    {"anonymousId":"%s","userId":"%s"}"""
                                            .formatted(anonymous, user)));
            default -> throw new AssertionError("nobody wrote a request for " + route);
        };
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * {@code ok}, or the problem's code, once the problem is seen to hold no more than it should.
     */
    private static String told(String route, ApiResponse answer) {
        // Nobody has asked for an erasure: that there is none is an answer.
        boolean none = route.endsWith("/erasure") && answer.status() == 404;
        if (answer.ok() || none) {
            return "ok";
        }
        Map<String, JsonNode> members = new TreeMap<>();
        answer.body()
                .properties()
                .forEach(member -> members.put(member.getKey(), member.getValue()));
        assertThat(members.keySet()).as("%s: %s", route, answer.body()).isEqualTo(PROBLEM);
        assertThat(answer.body().path("status").asInt()).isEqualTo(answer.status());
        String code = answer.body().path("code").asText();
        assertThat(answer.status())
                .as("%s: %s", route, answer.body())
                .isEqualTo(code.equals("unauthorized") ? 401 : 403);
        return code;
    }

    private static void compareWithPage(Map<String, Map<Who, String>> seen) throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String fresh = page.substring(0, begin) + table(seen) + page.substring(end);
        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/access.md tells what was seen; -Dfreshet.update=true writes it anew")
                .isEqualTo(fresh);
    }

    private static String table(Map<String, Map<Who, String>> seen) {
        StringBuilder table = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Who who : Who.values()) {
            table.append(' ').append(who.heading()).append(" |");
            rule.append("---|");
        }
        table.append('\n').append(rule).append('\n');
        for (String route : PROMISED.keySet()) {
            table.append("| `").append(route).append("` |");
            for (String cell : seen.getOrDefault(route, Map.of()).values()) {
                String text =
                        switch (cell) {
                            case "ok" -> "yes";
                            case "unauthorized" -> "401";
                            default -> "403 " + cell;
                        };
                table.append(' ').append(text).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }
}
