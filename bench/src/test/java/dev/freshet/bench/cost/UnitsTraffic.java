package dev.freshet.bench.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * The users, items and events of the measurement: ids, titles and contexts as long as those of a
 * usual site, drawn with a fixed seed.
 */
final class UnitsTraffic {
    static final int USERS = 40;
    static final int INTERACTIONS = 4;
    static final int SHOWN = 10;

    private static final int ITEMS = 1_000;

    /** Rounds of interactions of each user before anything is measured. */
    private static final int ROUNDS = 6;

    /** Impressions of each user, eight hours apart, before anything is measured. */
    private static final int PAST_IMPRESSIONS = 20;

    private static final Duration BETWEEN_IMPRESSIONS = Duration.ofHours(8);

    /** The number of requests within which a new version of the model has to be served. */
    private static final int MAX_REQUESTS = 400;

    private static final long SEED = 20_261_126;

    private final UnitsBench bench;
    private final Random random = new Random(SEED);
    private int sent;

    UnitsTraffic(UnitsBench bench) {
        this.bench = bench;
    }

    /** Puts the catalogue and the history of all users, and learns them. */
    void history() {
        catalogue();
        bench.train(1_000);
        for (int round = 0; round < ROUNDS; round++) {
            sendClicks();
            bench.features(200);
            bench.train(1_000);
        }
        for (int user = 0; user < USERS; user++) {
            List<ObjectNode> shown = new ArrayList<>();
            for (int ago = PAST_IMPRESSIONS; ago > 0; ago--) {
                shown.add(impression(user, BETWEEN_IMPRESSIONS.multipliedBy(ago)));
            }
            send(shown);
        }
        bench.features(200);
    }

    private void catalogue() {
        for (int from = 0; from < ITEMS; from += 100) {
            ObjectNode batch = JsonNodeFactory.instance.objectNode();
            ArrayNode items = batch.putArray("items");
            for (int i = from; i < from + 100; i++) {
                items.addObject()
                        .put("itemId", item(i))
                        .put("version", 1)
                        .put("type", "article")
                        .put("title", "Article " + i)
                        .put("publishedAt", Instant.now().minusSeconds(3_600L * i).toString())
                        .putArray("tags")
                        .add("tag-" + i % 7);
            }
            bench.post("/v1/items", batch);
        }
    }

    /** Sends events in one request, which says the time of its clock as the tracker does. */
    ApiResponse send(List<ObjectNode> events) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("sentAt", Instant.now().toString());
        body.putArray("events").addAll(events);
        return bench.post("/v1/events", body);
    }

    /** Sends the interactions of each user, in a request of its own. */
    void sendClicks() {
        for (int user = 0; user < USERS; user++) {
            send(clicks(user));
        }
    }

    /** Returns {@value #INTERACTIONS} interactions of one user. */
    List<ObjectNode> clicks(int user) {
        List<ObjectNode> events = new ArrayList<>();
        for (int i = 0; i < INTERACTIONS; i++) {
            events.add(event(user, "click").put("itemId", popularItem()));
        }
        return events;
    }

    private ObjectNode impression(int user, Duration ago) {
        ObjectNode event =
                event(user, "impression")
                        .put("placement", "home")
                        .put("occurredAt", Instant.now().minus(ago).toString());
        ArrayNode items = event.putArray("items");
        random.ints(0, ITEMS).distinct().limit(SHOWN).forEach(i -> items.add(item(i)));
        return event;
    }

    /** Returns an impression of a list that the user was recommended, with its token. */
    ObjectNode impression(int user, JsonNode list) {
        return event(user, "impression").put("exposure", list.path("exposure").asText());
    }

    /** Returns a click on the first item of a list, with the list's token. */
    ObjectNode click(int user, JsonNode list) {
        return event(user, "click")
                .put("itemId", list.path("items").path(0).path("itemId").asText())
                .put("exposure", list.path("exposure").asText());
    }

    private ObjectNode event(int user, String type) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventId", "0190a1b2-c3d4-7e5f-8a9b-" + String.format("%012d", sent++))
                .put("type", type)
                .put("userId", user(user))
                .put("occurredAt", Instant.now().toString());
    }

    /** Waits until <em>recommend</em> serves from the model, which it follows beside requests. */
    void awaitModel() {
        await(() -> recommendation(0).body().path("items").size() == SHOWN);
    }

    /** Requests recommendations until they come from this version or a later one; returns it. */
    long awaitVersion(long wanted) {
        long[] served = new long[1];
        await(
                () -> {
                    served[0] = version();
                    return served[0] >= wanted;
                });
        return served[0];
    }

    /** Returns the version of the model that serves. */
    long version() {
        return recommendation(0).body().at("/model/version").asLong();
    }

    private static void await(BooleanSupplier done) {
        for (int i = 0; i < MAX_REQUESTS; i++) {
            if (done.getAsBoolean()) {
                return;
            }
            try {
                Thread.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        throw new AssertionError("the awaited model is not served");
    }

    /** Requests {@value #SHOWN} recommendations. */
    ApiResponse recommendation(int user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        return bench.post(
                "/v1/recommendations", body.put("userId", user(user)).put("count", SHOWN));
    }

    private static String user(int number) {
        return "6f1c2d3e-4b5a-4c6d-8e7f-" + String.format("%012d", number);
    }

    /** Draws an item: a tenth of them has almost half of the interactions, as on a usual site. */
    private String popularItem() {
        double share = random.nextDouble();
        return item((int) (ITEMS * share * share * share));
    }

    private static String item(int number) {
        return "article-" + (100_000 + number);
    }
}
