package dev.freshet.entrance;

import static dev.freshet.local.ApiBodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Operations;
import dev.freshet.access.Operations.Operation;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.TestCloud;
import dev.freshet.local.template.Cloud.Route;
import dev.freshet.local.template.TemplateReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Calls of every route with every credential. The result is the table in {@code docs/access.md};
 * the test fails if the page differs, and {@code -Dfreshet.update=true} rewrites it.
 */
class AccessMatrixTest {
    private static final Path PAGE = Path.of("../docs/access.md");
    private static final String BEGIN = "<!-- the matrix: written by AccessMatrixTest -->\n";
    private static final String END = "<!-- the end of the matrix -->";
    private static final Duration LASTING = Duration.ofMinutes(10);

    /** Expected results by route, as the product documents them. */
    private static final Map<String, ExpectedAccess> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("POST /v1/events", ExpectedAccess.anonymousUsers());
        EXPECTED.put("GET /v1/event-types", ExpectedAccess.everyCredential());
        EXPECTED.put("POST /v1/recommendations", ExpectedAccess.anonymousUsers());
        EXPECTED.put("POST /v1/recommendations/explain", ExpectedAccess.servers());
        EXPECTED.put("POST /v1/rank", ExpectedAccess.anonymousUsers());
        EXPECTED.put("GET /v1/items/{id}/similar", ExpectedAccess.anonymousUsers());
        EXPECTED.put("GET /v1/lists/{list}", ExpectedAccess.anonymousUsers());
        EXPECTED.put("GET /v1/trending", ExpectedAccess.anonymousUsers());
        EXPECTED.put("GET /v1/insights/overview", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/outcomes", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/catalogue", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/lake", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/lake/{query}", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/topics", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/items", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/sources", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/trending", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/flow", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/quality", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/segments", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/experiments", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/experiments/{id}", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/insights/experiments/{id}/changes", ExpectedAccess.insights());
        EXPECTED.put("GET /v1/experiments", ExpectedAccess.experiments());
        EXPECTED.put("PUT /v1/experiments/{id}", ExpectedAccess.experiments());
        EXPECTED.put("GET /v1/experiments/{id}", ExpectedAccess.experiments());
        EXPECTED.put("DELETE /v1/experiments/{id}", ExpectedAccess.servers());
        EXPECTED.put("GET /v1/experiments/{id}/results", ExpectedAccess.experiments());
        EXPECTED.put("GET /v1/rules", ExpectedAccess.servers());
        EXPECTED.put("PUT /v1/rules/{id}", ExpectedAccess.servers());
        EXPECTED.put("GET /v1/rules/{id}", ExpectedAccess.servers());
        EXPECTED.put("DELETE /v1/rules/{id}", ExpectedAccess.servers());
        EXPECTED.put("PUT /v1/items", ExpectedAccess.servers());
        EXPECTED.put("POST /v1/items", ExpectedAccess.servers());
        EXPECTED.put("GET /v1/items", ExpectedAccess.servers());
        EXPECTED.put("GET /v1/items/{id}", ExpectedAccess.servers());
        EXPECTED.put("PATCH /v1/items/{id}", ExpectedAccess.servers());
        EXPECTED.put("DELETE /v1/items/{id}", ExpectedAccess.servers());
        EXPECTED.put("PUT /v1/users/{id}", ExpectedAccess.ownUser());
        EXPECTED.put("GET /v1/users/{id}", ExpectedAccess.ownUser());
        EXPECTED.put("DELETE /v1/users/{id}", ExpectedAccess.ownUser());
        EXPECTED.put("GET /v1/users/{id}/interactions", ExpectedAccess.ownUser());
        EXPECTED.put("GET /v1/users/{id}/similar", ExpectedAccess.serversBelowAUser());
        EXPECTED.put("GET /v1/users/{id}/export", ExpectedAccess.ownUser());
        EXPECTED.put("GET /v1/users/{id}/erasure", ExpectedAccess.ownUser());
        EXPECTED.put("POST /v1/users/alias", ExpectedAccess.ownUser());
    }

    private static final Set<String> PROBLEM =
            Set.of("type", "title", "status", "detail", "instance", "code");

    private final AtomicInteger number = new AtomicInteger();

    @Test
    void eachCredentialHasExactlyTheDocumentedAccess() throws Exception {
        Map<String, Map<Credential, String>> observed = new TreeMap<>();
        Scene scene = Scene.shared();
        try (FreshetClient server = scene.client(scene.secret)) {
            publish(server);
            Set<String> routes =
                    TemplateReader.read(Path.of("../infra/target/cdk.out")).routes().stream()
                            .map(AccessMatrixTest::name)
                            .collect(Collectors.toSet());
            assertThat(routes)
                    .as("each route of the API has its row, and each row its route")
                    .containsExactlyInAnyOrderElementsOf(EXPECTED.keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Operations.ALL.stream().map(Operation::toString).toList());
            for (String route : routes) {
                observed.put(route, cells(who -> cell(scene, server, route, who)));
            }
        }
        Map<String, Map<Credential, String>> expected = new TreeMap<>();
        EXPECTED.forEach((route, row) -> expected.put(route, cells(row::of)));
        assertThat(observed).isEqualTo(expected);
        compareWithPage(observed);
    }

    private static Map<Credential, String> cells(Function<Credential, String> result) {
        Map<Credential, String> cells = new EnumMap<>(Credential.class);
        for (Credential who : Credential.values()) {
            cells.put(who, result.apply(who));
        }
        return cells;
    }

    private static String name(Route route) {
        return route.method() + " " + route.path();
    }

    private static JsonNode draft(String id) {
        return definition(id, "draft");
    }

    private static JsonNode definition(String id, String status) {
        return json(
                """
                {"id":"%s","version":1,"status":"%s","layer":"l","salt":"s","plannedUsers":1000,
                 "arms":[{"id":"a","weight":0.5},{"id":"b","weight":0.5}],
                 "metrics":{"primary":"listCtr"}}\
                """
                        .formatted(id, status));
    }

    /**
     * Publishes an item for which similar items can be requested, a definition that can be read,
     * and one that has results.
     */
    private static void publish(FreshetClient server) throws InterruptedException {
        assertThat(server.put("/v1/items", item("matrix-item")).ok()).isTrue();
        assertThat(server.put("/v1/rules/matrix", json("{}")).ok()).isTrue();
        assertThat(server.put("/v1/experiments/matrix-known", draft("matrix-known")).ok()).isTrue();
        JsonNode stopped = definition("matrix-stopped", "stopped");
        assertThat(server.put("/v1/experiments/matrix-stopped", stopped).ok()).isTrue();
        TestCloud.await(
                () ->
                        server.get("/v1/items/matrix-item/similar").ok()
                                && server.get("/v1/experiments/matrix-stopped/results").ok());
    }

    private static ObjectNode item(String id) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("itemId", id)
                .put("version", 1)
                .put("title", "An article");
    }

    private String cell(Scene scene, FreshetClient server, String route, Credential who) {
        String user = "matrix-user-" + number.incrementAndGet();
        String anonymous = "anon-matrix-0123456789abcd-" + number.get();
        server.put("/v1/users/" + user, json("{\"attributes\":{\"tier\":\"gold\"}}"));
        String credential =
                switch (who) {
                    case NOBODY -> "";
                    case PAGE_ANONYMOUS, PAGE_NAMED -> scene.publishable;
                    case OWN_TOKEN -> scene.token(user, LASTING);
                    case OTHERS_TOKEN -> scene.token(user + "-else", LASTING);
                    case SECRET_KEY -> scene.secret;
                    case INSIGHTS_KEY -> scene.insights;
                    case EXPERIMENTS_KEY -> scene.experiments;
                    case EXPIRED_TOKEN -> scene.token(user, LASTING.negated());
                    case REVOKED_KEY -> scene.revoked();
                };
        String person =
                who == Credential.PAGE_ANONYMOUS
                        ? "\"anonymousId\":\"" + anonymous + "\""
                        : "\"userId\":\"" + user + "\"";
        String query =
                who == Credential.PAGE_ANONYMOUS ? "anonymousId=" + anonymous : "userId=" + user;
        try (FreshetClient client =
                credential.isEmpty() ? scene.anonymousClient() : scene.client(credential)) {
            return result(route, call(client, route, user, anonymous, person, query));
        }
    }

    private ApiResponse call(
            FreshetClient client,
            String route,
            String user,
            String anonymous,
            String person,
            String query) {
        String method = route.substring(0, route.indexOf(' '));
        String path = path(route, user, query);
        return switch (method) {
            case "GET" -> client.get(path);
            case "DELETE" -> client.delete(path);
            case "PUT" -> client.put(path, body(route, user, anonymous, person));
            case "PATCH" -> client.patch(path, body(route, user, anonymous, person));
            case "POST" -> client.post(path, body(route, user, anonymous, person));
            default -> throw new AssertionError("this test has no request for " + route);
        };
    }

    /** Returns the path that is called, with a query where the route needs one. */
    private String path(String route, String user, String query) {
        return switch (route) {
            case "GET /v1/items/{id}/similar" -> "/v1/items/matrix-item/similar?" + query;
            case "GET /v1/lists/{list}" -> "/v1/lists/popular?" + query;
            case "GET /v1/trending" -> "/v1/trending?" + query;
            case "GET /v1/insights/sources" -> "/v1/insights/sources?hours=2";
            case "GET /v1/insights/topics" -> "/v1/insights/topics?by=author";
            case "GET /v1/insights/items" -> "/v1/insights/items?order=never-shown";
            case "GET /v1/insights/outcomes" -> "/v1/insights/outcomes?by=day";
            case "GET /v1/insights/lake/{query}" -> "/v1/insights/lake/retention";
            case "GET /v1/insights/experiments/{id}" -> "/v1/insights/experiments/matrix-stopped";
            case "GET /v1/insights/experiments/{id}/changes" ->
                    "/v1/insights/experiments/matrix-stopped/changes";
            case "PUT /v1/experiments/{id}" -> "/v1/experiments/matrix-draft";
            case "GET /v1/experiments/{id}" -> "/v1/experiments/matrix-known";
            case "GET /v1/experiments/{id}/results" -> "/v1/experiments/matrix-stopped/results";
            case "PUT /v1/rules/{id}", "GET /v1/rules/{id}" -> "/v1/rules/matrix";
            case "GET /v1/items" -> "/v1/items?count=1";
            case "GET /v1/items/{id}", "PATCH /v1/items/{id}" -> "/v1/items/matrix-item";
            default ->
                    route.substring(route.indexOf(' ') + 1)
                            .replace("{id}", route.contains("/users/") ? user : id());
        };
    }

    private String id() {
        return "matrix-" + number.get();
    }

    private JsonNode body(String route, String user, String anonymous, String person) {
        return switch (route) {
            case "POST /v1/events" ->
                    json(
                            """
                            {"events":[{"eventId":"%s","type":"click",%s,
                             "itemId":"matrix-item","occurredAt":"%s"}]}\
                            """
                                    .formatted(id(), person, Instant.now()));
            case "POST /v1/recommendations" -> json("{%s}".formatted(person));
            case "POST /v1/recommendations/explain" -> json("{\"request\":{}}");
            case "POST /v1/rank" -> json("{\"itemIds\":[\"matrix-item\"],%s}".formatted(person));
            case "PUT /v1/experiments/{id}" -> draft("matrix-draft");
            case "PUT /v1/rules/{id}" -> json("{}");
            case "PUT /v1/items" -> item(id());
            case "POST /v1/items" -> json("{\"items\":[%s]}".formatted(item(id())));
            case "PATCH /v1/items/{id}" -> json("{\"title\":\"An article\"}");
            case "PUT /v1/users/{id}" ->
                    json("{\"consent\":{\"personalisation\":true,\"analytics\":false}}");
            case "POST /v1/users/alias" ->
                    json("{\"anonymousId\":\"%s\",\"userId\":\"%s\"}".formatted(anonymous, user));
            default -> throw new AssertionError("this test has no request for " + route);
        };
    }

    /**
     * Returns {@code ok}, or the problem's code after asserting that the problem has no unexpected
     * member.
     */
    private static String result(String route, ApiResponse answer) {
        // No erasure was requested and no lake was asked; to report that is a successful answer.
        boolean none =
                (route.endsWith("/erasure") || route.endsWith("/lake/{query}"))
                        && answer.status() == 404;
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

    private static void compareWithPage(Map<String, Map<Credential, String>> observed)
            throws Exception {
        String page = Files.readString(PAGE);
        assertThat(page).contains(BEGIN, END);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String fresh = page.substring(0, begin) + table(observed) + page.substring(end);
        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "docs/access.md must show the observed results; -Dfreshet.update=true rewrites it")
                .isEqualTo(fresh);
    }

    /** Returns the table, in which routes that answer alike share a row. */
    private static String table(Map<String, Map<Credential, String>> observed) {
        StringBuilder table = new StringBuilder("| |");
        StringBuilder rule = new StringBuilder("|---|");
        for (Credential who : Credential.values()) {
            table.append(' ').append(who.heading()).append(" |");
            rule.append("---|");
        }
        table.append('\n').append(rule).append('\n');
        Map<String, List<String>> routes = new LinkedHashMap<>();
        for (String route : EXPECTED.keySet()) {
            StringBuilder cells = new StringBuilder();
            for (String cell : observed.getOrDefault(route, Map.of()).values()) {
                String text =
                        switch (cell) {
                            case "ok" -> "yes";
                            case "unauthorized" -> "401";
                            default -> "403 " + cell;
                        };
                cells.append(' ').append(text).append(" |");
            }
            routes.computeIfAbsent(cells.toString(), any -> new ArrayList<>())
                    .add("`" + route + "`");
        }
        routes.forEach(
                (cells, alike) ->
                        table.append("| %s |%s%n".formatted(String.join(", ", alike), cells)));
        return table.toString();
    }
}
