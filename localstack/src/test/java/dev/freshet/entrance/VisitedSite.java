package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.TestCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/**
 * A site whose readers see lists of one placement and click, with what they did, so that figures
 * can be compared with it.
 */
final class VisitedSite {
    /** The placement of all lists. */
    static final String PLACEMENT = "home";

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final FreshetClient client;
    private final int places;
    private final List<String> readers = new ArrayList<>();
    private final TreeSet<String> shown = new TreeSet<>();
    private int events;
    private int clicks;

    private VisitedSite(FreshetClient client, int places) {
        this.client = client;
        this.places = places;
    }

    /**
     * Returns a site of the items {@code item-0} and so on, as soon as they are recommended.
     *
     * @param places items of each list that a reader sees
     * @param longest the longest list that may be asked for
     */
    static VisitedSite of(FreshetClient client, int items, int places, int longest)
            throws InterruptedException {
        VisitedSite site = new VisitedSite(client, places);
        assertThat(client.post("/v1/items", ApiBodies.items(items)).status()).isEqualTo(200);
        int listed = Math.min(items, longest);
        await(() -> site.list("nobody", listed).path("items").size() == listed);
        return site;
    }

    private JsonNode list(String user, int count) {
        ObjectNode request = ApiBodies.request(user, count).put("placement", PLACEMENT);
        return client.post("/v1/recommendations", request).body();
    }

    /** Lets each of some readers see a list, and every third of them click on its second item. */
    void visit(int count) {
        for (int i = 0; i < count; i++) {
            visit("reader-" + i, i % 3 == 0);
        }
    }

    private void visit(String user, boolean clicking) {
        JsonNode list = list(user, places);
        String token = list.path("exposure").asText();
        assertThat(list.path("items")).hasSize(places);
        assertThat(token).isNotEmpty();
        readers.add(user);
        List<ObjectNode> sent = new ArrayList<>();
        sent.add(ApiBodies.event("impression", user).put("exposure", token));
        shown.addAll(ApiBodies.itemIds(list));
        if (clicking) {
            String second = list.at("/items/1/itemId").asText();
            sent.add(ApiBodies.event("click", user).put("exposure", token).put("itemId", second));
            clicks++;
        }
        ApiResponse accepted = client.post("/v1/events", ApiBodies.events(sent));
        assertThat(accepted.body().path("accepted").asInt()).isEqualTo(sent.size());
        events += sent.size();
    }

    /** Waits until all that was done is learned, and stored as rows, which are told apart. */
    void awaitAll() throws InterruptedException {
        await(() -> learned() == events && measured() == events);
    }

    /** Returns how many events the model has learned, by the outcomes. */
    private int learned() {
        int learned = 0;
        for (JsonNode row : client.get("/v1/insights/outcomes?by=placement").body().path("rows")) {
            learned += row.path("lists").asInt() + row.path("clicks").asInt();
        }
        return learned;
    }

    /** Returns how many events are stored as rows, by the metrics of the consumer. */
    private int measured() {
        return client.get("/v1/insights/overview").body().at("/flow/freshness/count").asInt();
    }

    /** Returns the number of clicks among the stored interactions of all readers. */
    int storedClicks() {
        int stored = 0;
        for (String reader : readers) {
            JsonNode rows = client.get("/v1/users/" + reader + "/interactions").body();
            for (JsonNode row : rows.path("interactions")) {
                stored += row.path("type").asText().equals("click") ? 1 : 0;
            }
        }
        return stored;
    }

    /** Returns the number of events that were accepted. */
    int events() {
        return events;
    }

    /** Returns the number of clicks that were accepted. */
    int clicks() {
        return clicks;
    }

    /** Returns the items that were shown to somebody. */
    Set<String> shown() {
        return shown;
    }

    private static void await(Callable<Boolean> condition) throws InterruptedException {
        TestCloud.await(PATIENCE, condition, Boolean::booleanValue);
    }
}
