package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.host.OpenedParts;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * End-to-end contract of a deployed Freshet on any platform: events are accepted by HTTP, and
 * recommendations, the model and the catalogue reflect them. Every test uses users and items of its
 * own, so that the tests can run on one deployment, in any order, repeatedly.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EndToEndContract {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final InstantSource clock = InstantSource.system();

    /** What {@link #deploy} opens, closed at the end. */
    @AutoClose final OpenedParts opened = new OpenedParts(System.out::println);

    private FreshetClient client = new FreshetClient(URI.create("http://127.0.0.1:1"));

    /** Returns a client of the deployed API with a secret key. Called once. */
    abstract FreshetClient deploy() throws Exception;

    /** Returns the maximum time until a change is visible. */
    abstract Duration timeLimit();

    @BeforeAll
    void connect() throws Exception {
        client = opened.open(deploy());
    }

    @Test
    void anAcceptedEventIsReflectedByTheUsersRecommendations() throws Exception {
        String user = fresh("user");
        String item = item("football").path("itemId").asText();
        item("football");
        JsonNode event = event(user, item);

        ApiResponse accepted = send(List.of(event));

        assertThat(accepted.status()).as(accepted.problem()).isEqualTo(202);
        assertThat(accepted.body().path("accepted").asInt()).isEqualTo(1);
        JsonNode answer =
                awaitRecommendation(
                        user,
                        body ->
                                body.at("/reflects/events").asInt() == 1
                                        && !ids(body).isEmpty()
                                        && !body.path("degraded").asBoolean());
        assertThat(answer.at("/reflects/latestEventId").asText())
                .isEqualTo(event.path("eventId").asText());
        assertThat(answer.path("exposure").asText()).isNotEmpty();
    }

    @Test
    void theModelLearnsCoOccurrence() throws Exception {
        String first = item("football").path("itemId").asText();
        String second = item("football").path("itemId").asText();
        long before = version();
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String user = fresh("user");
            events.add(event(user, first));
            events.add(event(user, second));
        }

        assertThat(send(events).body().path("accepted").asInt()).isEqualTo(10);

        String path = "/v1/items/" + FreshetClient.segment(first) + "/similar?count=10";
        JsonNode similar = awaitBody(() -> client.get(path), body -> ids(body).contains(second));
        assertThat(similar.at("/model/version").asLong()).isGreaterThan(before);
        assertThat(ids(similar)).doesNotContain(first);
        String user = fresh("user");
        send(List.of(event(user, first)));
        JsonNode answer =
                awaitRecommendation(
                        user,
                        body ->
                                body.at("/reflects/events").asInt() == 1
                                        && ids(body).contains(second));
        assertThat(ids(answer)).as("what was read is not recommended again").doesNotContain(first);
        assertThat(reasons(answer, second)).isNotEmpty();
    }

    @Test
    void repeatedEventsCountOnce() throws Exception {
        String user = fresh("user");
        JsonNode event = event(user, item("tennis").path("itemId").asText());
        send(List.of(event));
        awaitRecommendation(user, body -> body.at("/reflects/events").asInt() == 1);

        for (int i = 0; i < 3; i++) {
            assertThat(send(List.of(event)).body().path("accepted").asInt()).isEqualTo(1);
        }
        JsonNode last = event(user, item("tennis").path("itemId").asText());
        send(List.of(last));

        JsonNode answer = awaitRecommendation(user, body -> reflects(body, last));
        assertThat(answer.at("/reflects/events").asInt()).isEqualTo(2);
    }

    @Test
    void aNewItemIsRecommendableAndTheHigherVersionWins() throws Exception {
        String tag = fresh("tag");
        ObjectNode item = item(tag);
        String id = item.path("itemId").asText();

        awaitBody(() -> filtered(tag), body -> ids(body).contains(id));
        ApiResponse taken =
                client.put("/v1/items", item.deepCopy().put("version", 3).put("title", "Third"));
        assertThat(taken.ok()).as(taken.problem()).isTrue();
        client.put("/v1/items", item.deepCopy().put("version", 2).put("title", "Second"));
        String marker = item(tag).path("itemId").asText();

        JsonNode both = awaitBody(() -> filtered(tag), body -> ids(body).contains(marker));
        assertThat(ids(both)).contains(id);
        assertThat(titles(both)).contains("Third").doesNotContain("Second");
        assertThat(client.delete("/v1/items/" + FreshetClient.segment(id)).ok()).isTrue();
        awaitBody(
                () -> filtered(tag), body -> ids(body).contains(marker) && !ids(body).contains(id));
    }

    @Test
    void anItemThatOnlyEventsNameIsNotShown() throws Exception {
        String planted = "<img src=x onerror=alert(1)> " + fresh("text");
        String item = item("golf").path("itemId").asText();
        List<JsonNode> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String user = fresh("user");
            events.add(event(user, planted));
            events.add(event(user, item));
        }

        assertThat(send(events).body().path("accepted").asInt()).isEqualTo(10);

        JsonNode trending =
                awaitBody(
                        () -> client.get("/v1/trending?count=100"),
                        body -> ids(body).contains(item));
        assertThat(ids(trending)).doesNotContain(planted);
        JsonNode answer = awaitRecommendation(fresh("unknown"), body -> ids(body).contains(item));
        assertThat(ids(answer)).doesNotContain(planted);
        ApiResponse similar =
                client.get("/v1/items/" + FreshetClient.segment(planted) + "/similar");
        assertThat(similar.status()).isEqualTo(404);
    }

    @Test
    void anonymousInteractionsCountAfterAnAlias() throws Exception {
        String anonymous = fresh("anonymous");
        String user = fresh("user");
        ObjectNode event = event(user, item("opera").path("itemId").asText());
        event.remove("userId");
        send(List.of(event.put("anonymousId", anonymous)));

        ApiResponse linked =
                client.post(
                        "/v1/users/alias",
                        NODES.objectNode().put("anonymousId", anonymous).put("userId", user));

        assertThat(linked.ok()).as(linked.problem()).isTrue();
        awaitRecommendation(user, body -> body.at("/reflects/events").asInt() == 1);
    }

    @Test
    void anUnknownUserGetsRecommendations() throws Exception {
        item("football");

        JsonNode answer = awaitRecommendation(fresh("unknown"), body -> !ids(body).isEmpty());

        assertThat(answer.at("/reflects/events").asInt()).isZero();
    }

    @Test
    void anExperimentCountsTheUsersWhoWereShownItsLists() throws Exception {
        item("football");
        String placement = fresh("placement");
        String path = "/v1/experiments/" + fresh("e2e");
        ObjectNode definition = experiment(path, placement);
        ApiResponse put = client.put(path, definition);
        assertThat(put.ok()).as(put.problem()).isTrue();
        awaitBody(
                () -> client.get(path + "/results"),
                body -> body.path("conclusion").asText().equals("no-impressions"));

        List<String> users = List.of(fresh("a"), fresh("b"), fresh("c"), fresh("d"), fresh("e"));
        for (String user : users) {
            JsonNode list =
                    awaitBody(() -> recommend(user, placement), body -> !ids(body).isEmpty());
            ObjectNode impression = event(user, "").put("type", "impression");
            impression.remove("itemId");
            impression.put("exposure", list.path("exposure").asText());
            ObjectNode click = event(user, ids(list).getFirst());
            click.put("exposure", list.path("exposure").asText());
            send(List.of(impression, click));
        }

        JsonNode results =
                awaitBody(
                        () -> client.get(path + "/results"),
                        body -> body.path("enrolled").asInt() == users.size());
        assertThat(results.at("/users/control").asInt() + results.at("/users/other").asInt())
                .isEqualTo(users.size());
        assertThat(results.path("crossed").asInt()).isZero();

        client.put(path, definition.put("version", 2).put("status", "stopped"));
        ApiResponse deleted = client.delete(path);
        assertThat(deleted.ok()).as(deleted.problem()).isTrue();
        await(() -> client.get(path + "/results"), answer -> answer.status() == 404);
    }

    private static ObjectNode experiment(String path, String placement) {
        String id = path.substring(path.lastIndexOf('/') + 1);
        return (ObjectNode)
                ApiBodies.json(
                        """
                        {"id":"%1$s","version":1,"status":"running","layer":"%2$s","salt":"%3$s",
                         "plannedUsers":1000,"target":{"placements":["%2$s"]},
                         "arms":[{"id":"control","weight":0.5},{"id":"other","weight":0.5}],
                         "metrics":{"primary":"listCtr"}}
                        """
                                .formatted(id, placement, fresh("salt")));
    }

    private ApiResponse recommend(String user, String placement) {
        return client.post(
                "/v1/recommendations", ApiBodies.request(user, 5).put("placement", placement));
    }

    private ApiResponse send(List<? extends JsonNode> events) {
        ObjectNode body = NODES.objectNode().put("sentAt", clock.instant().toString());
        body.putArray("events").addAll(events);
        return client.post("/v1/events", body);
    }

    private ObjectNode event(String user, String item) {
        ObjectNode event = ApiBodies.event("click", user).put("itemId", item);
        event.put("eventId", fresh("event"));
        event.putObject("consent").put("personalisation", true).put("analytics", true);
        return event;
    }

    /** Puts a new item with a tag into the catalogue. */
    private ObjectNode item(String tag) {
        ObjectNode item = NODES.objectNode();
        item.put("itemId", fresh("item"))
                .put("version", 1)
                .put("type", "article")
                .put("title", "First")
                .put("text", "An article about " + tag)
                .put("publishedAt", now().toString());
        item.putArray("tags").add(tag);
        item.putObject("repeat").put("rule", "never");
        ApiResponse taken = client.put("/v1/items", item);
        assertThat(taken.ok()).as(taken.problem()).isTrue();
        return item;
    }

    private ApiResponse recommend(String user) {
        return client.post("/v1/recommendations", ApiBodies.request(user, 100));
    }

    private ApiResponse filtered(String tag) {
        ObjectNode body = NODES.objectNode().put("userId", "unknown").put("count", 10);
        body.putObject("filter").put("field", "tags").put("contains", tag);
        return client.post("/v1/recommendations", body);
    }

    private long version() {
        return recommend(fresh("unknown")).body().at("/model/version").asLong();
    }

    private JsonNode awaitRecommendation(String user, Predicate<JsonNode> fits)
            throws InterruptedException {
        return awaitBody(() -> recommend(user), fits);
    }

    private static boolean reflects(JsonNode body, JsonNode event) {
        return body.at("/reflects/latestEventId").asText().equals(event.path("eventId").asText());
    }

    private JsonNode awaitBody(Callable<ApiResponse> request, Predicate<JsonNode> fits)
            throws InterruptedException {
        return await(request, answer -> answer.ok() && fits.test(answer.body())).body();
    }

    private ApiResponse await(Callable<ApiResponse> request, Predicate<ApiResponse> fits)
            throws InterruptedException {
        return TestCloud.await(timeLimit(), request, fits);
    }

    private Instant now() {
        return clock.instant();
    }

    private static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    private static List<String> ids(JsonNode body) {
        return of(body, "itemId");
    }

    private static List<String> titles(JsonNode body) {
        return of(body, "title");
    }

    /** Returns a property of the items themselves, without the items in their reasons. */
    private static List<String> of(JsonNode body, String property) {
        return body.path("items")
                .valueStream()
                .filter(item -> item.has(property))
                .map(item -> item.path(property).asText())
                .toList();
    }

    private static List<String> reasons(JsonNode body, String item) {
        return body.path("items")
                .valueStream()
                .filter(shown -> shown.path("itemId").asText().equals(item))
                .flatMap(shown -> shown.path("reasons").findValuesAsText("text").stream())
                .toList();
    }
}
