package dev.freshet.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.s3.S3LakeAnswers;
import dev.freshet.lake.NamedQuery;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.TestCloud;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every example of the OpenAPI document, sent as it is written to a local cloud with a lake. Each
 * response has the documented status, fits its schema without a member that the document does not
 * declare, and has every member that the example of the response shows.
 */
public final class ApiExamples {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The order of the requests: what others need comes first, and what takes something away comes
     * last. A new operation needs its place here.
     */
    static final List<String> ORDER =
            List.of(
                    """
                    putItem putItems patchItem putRule putExperiment putUser collectEvents
                    aliasUser listEventTypes recommend explainRecommendations rankItems
                    similarItems getNamedList trendingItems listOutcomes getCatalogueInsight
                    listTopicInsights listItemInsights getOverview getSourceInsights getFlowInsights
                    getTrendingInsights getQualityInsights listLakeQueries getLakeAnswer
                    listSegments listExperimentInsights getExperimentInsight listExperiments
                    getExperiment getExperimentResults listExperimentChanges listRules getRule
                    listCatalogue getItem getUser listInteractions exportUser similarUsers eraseUser
                    getErasure deleteItem deleteRule deleteExperiment
                    """
                            .split("\\s+"));

    /** Stands at the end of the path of a list without entries. */
    private static final String EMPTY = "/[]";

    static final ApiSchemas SCHEMAS = ApiSchemas.load();

    static final Map<String, ApiOperation> OPERATIONS =
            SCHEMAS.operations().stream()
                    .collect(Collectors.toMap(ApiOperation::id, Function.identity()));

    private ApiExamples() {}

    /** Sends the example of an operation. */
    public interface Sender {
        /**
         * Returns the response.
         *
         * @param body the example of the request; null without one
         */
        ApiResponse send(ApiOperation operation, JsonNode body) throws Exception;
    }

    /** Sends every example by the client and returns what is wrong with the responses. */
    public static List<String> wrong(LocalCloud cloud, FreshetClient client) throws Exception {
        String permit = permit(cloud);
        return wrong(cloud, client, (operation, body) -> send(client, operation, body, permit));
    }

    /** Sends every example and returns what is wrong with the responses. */
    static List<String> wrong(LocalCloud cloud, FreshetClient client, Sender sender)
            throws Exception {
        List<String> wrong = new ArrayList<>();
        JsonNode list = JSON.nullNode();
        for (String id : ORDER) {
            ApiOperation operation = operation(id);
            if (id.equals("listEventTypes")) {
                awaitModel(client);
            } else if (id.equals("listOutcomes")) {
                show(client, list);
            } else if (id.equals("getLakeAnswer")) {
                keepAnswer(cloud.settings());
            } else if (id.equals("deleteExperiment")) {
                stopExperiment(client);
            }
            List<JsonNode> bodies =
                    operation.request().values().stream()
                            .map(content -> content.path("example"))
                            .toList();
            for (JsonNode body : bodies.isEmpty() ? List.of(JSON.nullNode()) : bodies) {
                ApiResponse response = sender.send(operation, body);
                compare(operation, response, wrong);
                list = id.equals("recommend") ? response.body() : list;
            }
        }
        return wrong;
    }

    /** Returns a permit for the events of the example, which are as old as the document. */
    static String permit(LocalCloud cloud) {
        byte[] secret =
                Objects.requireNonNull(cloud.settings().variables().get("FRESHET_SECRET"))
                        .getBytes(StandardCharsets.UTF_8);
        Instant end = Instant.now().plus(Duration.ofHours(1));
        return new ImportPermit(end, Instant.EPOCH)
                .sign(new Signer(secret).derive(Signer.IMPORT_PERMIT));
    }

    private static ApiResponse send(
            FreshetClient client, ApiOperation operation, JsonNode body, String permit) {
        String target = operation.target();
        return switch (operation.method()) {
            case "GET" -> client.get(target);
            case "PUT" -> client.put(target, body);
            case "PATCH" -> client.patch(target, body);
            case "DELETE" -> client.delete(target);
            default -> client.post(target, body, Map.of("Freshet-Import-Permit", permit));
        };
    }

    private static void compare(ApiOperation operation, ApiResponse response, List<String> wrong) {
        String id = operation.id();
        if (Boolean.getBoolean("freshet.print")) {
            System.out.println(id + " " + response.status() + " " + response.body());
        }
        if (response.status() != operation.status()) {
            wrong.add(
                    "%s: %d instead of %d: %s"
                            .formatted(id, response.status(), operation.status(), response.body()));
        } else if (!operation.response().isEmpty()) {
            JsonNode content = operation.response().values().iterator().next();
            violations(content.path("schema"), response.body())
                    .forEach(each -> wrong.add(id + ", response: " + each));
            Set<String> shown = new TreeSet<>();
            Set<String> there = new TreeSet<>();
            members("", content.path("example"), shown);
            members("", response.body(), there);
            shown.removeAll(there);
            shown.removeIf(member -> member.endsWith(EMPTY));
            shown.removeIf(
                    member ->
                            there.stream()
                                    .filter(at -> at.endsWith(EMPTY))
                                    .map(at -> at.substring(0, at.length() - EMPTY.length()))
                                    .anyMatch(at -> member.startsWith(at + "/*/")));
            shown.forEach(member -> wrong.add(id + ", only the example has " + member));
        }
    }

    /** Collects the paths of all members; entries of a list count as one. */
    private static void members(String at, JsonNode node, Set<String> members) {
        if (node.isArray()) {
            if (node.isEmpty()) {
                members.add(at + EMPTY);
            }
            node.forEach(entry -> members(at + "/*", entry, members));
        } else {
            node.properties()
                    .forEach(
                            member -> {
                                String path = at + "/" + member.getKey();
                                members.add(path);
                                members(path, member.getValue(), members);
                            });
        }
    }

    /** Waits until the model has the items, the events, the rule and the experiment. */
    private static void awaitModel(FreshetClient client) throws InterruptedException {
        String rows = "/v1/users/u-1/interactions";
        TestCloud.await(
                () ->
                        !client.get("/v1/items/article-7/similar").body().path("items").isEmpty()
                                && client.get(target("getExperimentResults")).ok()
                                && client.get(rows).body().path("interactions").size() > 3);
    }

    /** Reports that a list was shown and led to a purchase, so that there are outcomes. */
    private static void show(FreshetClient client, JsonNode list)
            throws JsonProcessingException, InterruptedException {
        String events =
                """
                {"events":[
                 {"eventId":"shown","type":"impression","userId":"u-1","occurredAt":"%1$s","exposure":"%2$s"},
                 {"eventId":"bought","type":"purchase","userId":"u-1","occurredAt":"%1$s","exposure":"%2$s",
                  "itemId":"%3$s","value":{"amount":1.5,"currency":"EUR"}}]}
                """
                        .formatted(
                                Instant.now(),
                                list.path("exposure").asText(),
                                list.at("/items/0/itemId").asText());
        assertThat(client.post("/v1/events", JSON.readTree(events)).body().path("accepted").asInt())
                .isEqualTo(2);
        String outcomes = target("listOutcomes");
        TestCloud.await(() -> client.get(outcomes).body().at("/rows/0/conversions").asInt() == 1);
    }

    /** Stores what a night of the lake would. */
    private static void keepAnswer(Settings settings) {
        try (Clients clients = new Clients(settings)) {
            new S3LakeAnswers(clients.s3(), settings.text(Setting.LAKE_BUCKET))
                    .put(
                            NamedQuery.EVENTS_BY_DAY,
                            """
                            "occurred_day","type","events","people"
                            "2026-02-28","click","5120","811"
                            """);
        }
    }

    private static void stopExperiment(FreshetClient client) throws JsonProcessingException {
        ApiOperation put = operation("putExperiment");
        JsonNode stopped =
                JSON.readTree(
                        Objects.requireNonNull(put.request().get("application/json"))
                                .path("example")
                                .toString()
                                .replace("\"status\":\"running\"", "\"status\":\"stopped\"")
                                .replace("\"version\":1", "\"version\":2"));
        assertThat(client.put(put.target(), stopped).ok()).isTrue();
    }

    static List<String> violations(JsonNode schema, JsonNode value) {
        return SCHEMAS.violations(schema, value);
    }

    /** Returns path and query of the example of an operation. */
    public static String target(String operationId) {
        return operation(operationId).target();
    }

    static ApiOperation operation(String id) {
        return Objects.requireNonNull(OPERATIONS.get(id), id);
    }
}
