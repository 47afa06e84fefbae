package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the insights routes answer after a made-up day, against what was done and what is stored.
 */
class InsightFiguresTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int ITEMS = 40;
    private static final int USERS = 30;
    private static final int COUNT = 5;

    private final TreeSet<String> shown = new TreeSet<>();
    private int events;
    private int clicks;

    @Test
    void figuresAreThoseOfWhatWasShownAndClicked(@TempDir Path state) throws Exception {
        try (LocalCloud cloud =
                        LocalCloud.start(
                                Options.of(Path.of("..").toAbsolutePath().normalize())
                                        .withState(state)
                                        .withPlansLifted(true));
                FreshetClient client = cloud.client()) {
            assertThat(client.post("/v1/items", catalogue()).status()).isEqualTo(200);
            await(() -> list(client, "nobody", ITEMS).path("items").size() == ITEMS);

            List<String> users = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                users.add("reader-" + i);
                visit(client, "reader-" + i, i % 3 == 0);
            }
            await(() -> learned(client) == events && measured(client) == events);

            JsonNode outcome = outcome(client);
            assertThat(outcome.path("lists").asInt()).isEqualTo(USERS);
            assertThat(outcome.path("listsClicked").asInt()).isEqualTo(clicks);
            assertThat(outcome.path("places").asInt()).isEqualTo(USERS * COUNT);
            assertThat(outcome.path("listCtr").asDouble())
                    .isCloseTo((double) clicks / USERS, within(1e-6));
            assertThat(storedClicks(client, users)).isEqualTo(clicks);

            JsonNode catalogue = client.get("/v1/insights/catalogue").body();
            assertThat(catalogue.path("available").asInt()).isEqualTo(ITEMS);
            assertThat(catalogue.path("shown").asInt()).isEqualTo(shown.size()).isLessThan(ITEMS);
            assertThat(catalogue.path("coverage").asDouble())
                    .isCloseTo((double) shown.size() / ITEMS, within(1e-6));
            assertThat(catalogue.at("/neverShown/count").asInt()).isEqualTo(ITEMS - shown.size());
            assertThat(neverShown(client)).doesNotContainAnyElementsOf(shown);
            assertThat(neverShown(client)).hasSize(ITEMS - shown.size());

            JsonNode overview = client.get("/v1/insights/overview").body();
            assertThat(overview.at("/events/byType/click").asInt()).isEqualTo(clicks);
        }
    }

    private static ObjectNode catalogue() {
        ObjectNode body = JSON.objectNode();
        ArrayNode items = body.putArray("items");
        for (int i = 0; i < ITEMS; i++) {
            items.addObject()
                    .put("itemId", "item-" + i)
                    .put("title", "Title " + i)
                    .put("publishedAt", Instant.now().minus(Duration.ofDays(2)).toString());
        }
        return body;
    }

    private static JsonNode list(FreshetClient client, String user, int count) {
        ObjectNode request =
                JSON.objectNode().put("userId", user).put("placement", "home").put("count", count);
        return client.post("/v1/recommendations", request).body();
    }

    /** Sees a list, and clicks on its second item. */
    private void visit(FreshetClient client, String user, boolean clicking) {
        JsonNode list = list(client, user, COUNT);
        String token = list.path("exposure").asText();
        assertThat(list.path("items")).hasSize(COUNT);
        assertThat(token).isNotEmpty();
        ArrayNode sent = JSON.arrayNode();
        event(sent, "impression", user, token);
        list.path("items").forEach(item -> shown.add(item.path("itemId").asText()));
        if (clicking) {
            event(sent, "click", user, token).put("itemId", list.at("/items/1/itemId").asText());
            clicks++;
        }
        ApiResponse accepted = client.post("/v1/events", JSON.objectNode().set("events", sent));
        assertThat(accepted.body().path("accepted").asInt()).isEqualTo(sent.size());
        events += sent.size();
    }

    private static ObjectNode event(ArrayNode sent, String type, String user, String token) {
        return sent.addObject()
                .put("eventId", type + "-of-" + user)
                .put("type", type)
                .put("userId", user)
                .put("occurredAt", Instant.now().toString())
                .put("exposure", token);
    }

    private static JsonNode outcome(FreshetClient client) {
        JsonNode rows = client.get("/v1/insights/outcomes?by=placement").body().path("rows");
        for (JsonNode row : rows) {
            if (row.path("placement").asText().equals("home")) {
                return row;
            }
        }
        return JSON.objectNode();
    }

    private static int learned(FreshetClient client) {
        JsonNode outcome = outcome(client);
        return outcome.path("lists").asInt() + outcome.path("clicks").asInt();
    }

    /** Returns how many events are stored as rows, by the metrics of the consumer. */
    private static int measured(FreshetClient client) {
        JsonNode overview = client.get("/v1/insights/overview").body();
        return overview.at("/flow/freshness/count").asInt();
    }

    private static int storedClicks(FreshetClient client, List<String> users) {
        int clicks = 0;
        for (String user : users) {
            JsonNode rows = client.get("/v1/users/" + user + "/interactions").body();
            for (JsonNode row : rows.path("interactions")) {
                clicks += row.path("type").asText().equals("click") ? 1 : 0;
            }
        }
        return clicks;
    }

    private static List<String> neverShown(FreshetClient client) {
        List<String> ids = new ArrayList<>();
        client.get("/v1/insights/items?order=never-shown")
                .body()
                .path("items")
                .forEach(item -> ids.add(item.path("itemId").asText()));
        return ids;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(60);
        while (!condition.holds()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(200);
        }
    }
}
