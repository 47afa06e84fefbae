package dev.freshet.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.function.Invocation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Every operation of the API on a local cloud, with what follows from it in the streams: events and
 * their effects on rows and model, records that cannot be read, a compaction, an export and an
 * erasure.
 */
final class EveryOperation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(60);
    private static final String USER = "ann";
    private static final String ANONYMOUS = "anon-ann";

    private final LocalCloud cloud;
    private final FreshetClient client;
    private final Instant start = Instant.now();

    private EveryOperation(LocalCloud cloud, FreshetClient client) {
        this.cloud = cloud;
        this.client = client;
    }

    static void of(LocalCloud cloud) throws InterruptedException {
        try (FreshetClient client = cloud.client();
                Clients clients = new Clients(cloud.settings())) {
            EveryOperation operation = new EveryOperation(cloud, client);
            operation.catalogue();
            operation.experiments();
            operation.events();
            operation.unreadableRecords(clients.kinesis());
            operation.recommendations();
            operation.compaction();
            operation.exportAndErasure();
        }
    }

    private void catalogue() {
        for (String id : List.of("tea", "coffee", "milk")) {
            ok(client.put("/v1/items", item(id)));
        }
        ObjectNode several = JSON.objectNode();
        several.putArray("items").add(item("juice")).add(item("water"));
        ok(client.post("/v1/items", several));
        ok(client.get("/v1/items/water"));
        ok(client.get("/v1/items?count=2"));
        ok(client.patch("/v1/items/water", JSON.objectNode().put("title", "Still water")));
        ok(client.delete("/v1/items/water"));
    }

    private void experiments() throws InterruptedException {
        ObjectNode stopped =
                JSON.objectNode()
                        .put("id", "home")
                        .put("version", 1)
                        .put("status", "stopped")
                        .put("layer", "ranking")
                        .put("salt", "home-1")
                        .put("plannedUsers", 1_000);
        ArrayNode arms = stopped.putArray("arms");
        arms.addObject().put("id", "control").put("weight", 0.5);
        arms.addObject().put("id", "other").put("weight", 0.5);
        stopped.putObject("metrics").put("primary", "listCtr");
        ok(client.put("/v1/experiments/home", stopped));
        ok(client.get("/v1/experiments/home"));
        ok(client.get("/v1/experiments"));
        await(
                () -> client.get("/v1/experiments/home/results"),
                body -> body.path("status").asText().equals("stopped"));
        ok(client.delete("/v1/experiments/home"));
    }

    private static ObjectNode item(String id) {
        ObjectNode item =
                JSON.objectNode()
                        .put("itemId", id)
                        .put("version", 1)
                        .put("type", "drink")
                        .put("title", "A cup of " + id);
        item.putArray("tags").add("drinks");
        return item;
    }

    private void events() throws InterruptedException {
        List<ObjectNode> events = new ArrayList<>();
        for (String user : List.of(USER, "bob", "cem")) {
            events.add(event("click", user, "tea"));
            events.add(event("click", user, "coffee"));
        }
        ObjectNode liked = event("like", USER, "milk");
        events.add(liked);
        ObjectNode anonymous = event("click", USER, "milk");
        anonymous.remove("userId");
        events.add(anonymous.put("anonymousId", ANONYMOUS));
        send(events);
        send(
                List.of(
                        event("like", USER, "milk")
                                .put("eventId", "unlike-" + start.toEpochMilli())
                                .put("retracts", liked.path("eventId").asText())));
        ok(client.put("/v1/users/" + USER, consenting()));
        ok(client.get("/v1/users/" + USER));
        ok(
                client.post(
                        "/v1/users/alias",
                        JSON.objectNode().put("anonymousId", ANONYMOUS).put("userId", USER)));
        await(this::recommend, body -> body.at("/reflects/events").asInt() >= 3);
    }

    private void send(List<ObjectNode> events) {
        ObjectNode body = JSON.objectNode().put("sentAt", Instant.now().toString());
        body.putArray("events").addAll(events);
        ApiResponse response = ok(client.post("/v1/events", body));
        assertThat(response.body().path("rejected")).isEmpty();
    }

    private ObjectNode event(String type, String user, String item) {
        ObjectNode event =
                JSON.objectNode()
                        .put("eventId", type + "-" + user + "-" + item + "-" + start.toEpochMilli())
                        .put("type", type)
                        .put("userId", user)
                        .put("itemId", item)
                        .put("occurredAt", Instant.now().toString());
        event.set("consent", consenting().path("consent"));
        return event;
    }

    private static ObjectNode consenting() {
        ObjectNode user = JSON.objectNode();
        user.putObject("consent").put("personalisation", true).put("analytics", true);
        return user;
    }

    /** Puts a record into each stream that its consumer can only quarantine. */
    private void unreadableRecords(KinesisClient kinesis) {
        for (String stream :
                List.of(
                        cloud.settings().text(Setting.EVENTS_STREAM),
                        cloud.settings().text(Setting.EXAMPLES_STREAM))) {
            kinesis.putRecord(
                    r ->
                            r.streamName(stream)
                                    .partitionKey(USER)
                                    .data(SdkBytes.fromUtf8String("no record of Freshet")));
        }
    }

    private void recommendations() throws InterruptedException {
        JsonNode shown = await(this::recommend, body -> !body.path("items").isEmpty());
        ObjectNode impression = event("impression", USER, "milk");
        impression.remove("itemId");
        send(List.of(impression.put("exposure", shown.path("exposure").asText())));
        await(
                () -> client.get("/v1/items/tea/similar?count=5"),
                body -> body.at("/model/version").asLong() > 0);
        ok(
                client.post(
                        "/v1/recommendations/explain",
                        JSON.objectNode()
                                .put("itemId", "tea")
                                .set("request", JSON.objectNode().put("userId", USER))));
        ok(client.get("/v1/trending?count=5"));
        ok(client.get("/v1/lists/latest?count=5"));
        ObjectNode rank = JSON.objectNode().put("userId", USER);
        rank.putArray("itemIds").add("tea").add("coffee");
        ok(client.post("/v1/rank", rank));
        ok(client.get("/v1/users/" + USER + "/similar"));
        ok(client.get("/v1/insights/overview"));
        ok(client.get("/v1/insights/catalogue"));
        ok(client.get("/v1/insights/topics?by=tag"));
        ok(client.get("/v1/insights/lake"));
        ok(client.get("/v1/insights/items?order=rising"));
        ok(client.get("/v1/insights/sources"));
        ok(client.get("/v1/insights/trending"));
        ok(client.get("/v1/insights/quality"));
        ok(client.get("/v1/segments"));
        ok(client.get("/v1/insights/experiments"));
        ok(client.get("/v1/insights/outcomes?from=2026-01-01&to=2026-02-01"));
    }

    private ApiResponse recommend() {
        return client.post(
                "/v1/recommendations", JSON.objectNode().put("userId", USER).put("count", 5));
    }

    private void compaction() throws InterruptedException {
        assertThat(cloud.invoke("compact", "{}", TIME_LIMIT)).isInstanceOf(Invocation.Answer.class);
    }

    private void exportAndErasure() throws InterruptedException {
        ok(client.get("/v1/users/" + USER + "/interactions?count=2"));
        ok(client.get("/v1/users/" + USER + "/export"));
        ok(client.delete("/v1/users/" + USER));
        await(
                () -> client.get("/v1/users/" + USER + "/erasure"),
                body -> body.at("/steps/forgotten/done").asBoolean());
    }

    private static ApiResponse ok(ApiResponse response) {
        assertThat(response.ok()).as(response.problem()).isTrue();
        return response;
    }

    private static JsonNode await(Supplier<ApiResponse> request, Predicate<JsonNode> fits)
            throws InterruptedException {
        Instant end = Instant.now().plus(TIME_LIMIT);
        ApiResponse response = request.get();
        while (!(response.ok() && fits.test(response.body())) && Instant.now().isBefore(end)) {
            Thread.sleep(100);
            response = request.get();
        }
        assertThat(response.ok() && fits.test(response.body()))
                .as("within %s; last: %s", TIME_LIMIT, response.body())
                .isTrue();
        return response.body();
    }
}
