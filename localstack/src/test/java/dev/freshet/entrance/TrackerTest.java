package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.ApiBodies;
import dev.freshet.local.TestCloud;
import dev.freshet.local.command.CommandRun;
import dev.freshet.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A visit in a browser, with the tracker, to a site on the local cloud: what the visitor did is
 * compared with what is stored.
 */
class TrackerTest {
    private static final Path TRACKER = Path.of("../web/tracker").toAbsolutePath().normalize();
    private static final Path CHROMIUM =
            Path.of(Objects.requireNonNullElse(System.getenv("CHROMIUM"), "/usr/bin/chromium"));
    private static final String USER = "reader-1";

    /** Clicks of which each is followed by lists until one knows it. */
    private static final int CLICKS =
            Integer.getInteger("freshet.tracker.clicks", Thorough.number(6, 20));

    private static final int READ_LATER = 6;
    private static final int MAX_ITEMS = 100;

    @BeforeAll
    static void needsABrowserAndTheBuiltTracker() {
        assumeTrue(Files.exists(CHROMIUM), "There is no Chromium at " + CHROMIUM + ".");
        assumeTrue(
                Files.exists(TRACKER.resolve("dist/freshet.js")),
                "web/tracker was not built: run ./mvnw package -pl web.");
    }

    @Test
    void whatAVisitorDoesIsStoredUnderTheVisitorAndKnownToTheNextList(@TempDir Path folder)
            throws Exception {
        try (Scene scene = Scene.start(folder);
                FreshetClient server = scene.client(scene.secret)) {
            assertThat(server.post("/v1/items", catalogue()).status()).isEqualTo(200);
            awaitList(server);

            JsonNode visit = visit(scene, folder);

            assertThat(visit.path("failures")).isEmpty();
            assertThat(visit.path("rejected")).isEmpty();
            assertThat(visit.path("refusedRequests")).isEmpty();
            assertThat(visit.path("knownAtOnce").asInt())
                    .isEqualTo(visit.path("milliseconds").size());
            Map<String, String> done = done(visit);
            assertThat(done.values())
                    .contains("view", "click", "submit", "scroll", "dwell", "like", "rating")
                    .contains("purchase", "follow", "bookmark", "share");
            TestCloud.await(() -> stored(server, visit).equals(done));
            System.out.println("Click to a list that knows it: " + percentiles(visit));
        }
    }

    private static JsonNode catalogue() {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        Instant now = Instant.now();
        for (int i = 1; i <= READ_LATER; i++) {
            items.add(item("item-" + i, now.minusSeconds(60)));
        }
        for (int i = 0; i < CLICKS; i++) {
            items.add(item("read-" + i, now.minusSeconds(3600)));
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("items", items);
        return body;
    }

    private static ObjectNode item(String id, Instant publishedAt) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("itemId", id)
                .put("title", "Title of " + id)
                .put("publishedAt", publishedAt.toString());
        item.putObject("attributes").put("url", "https://site.example/" + id);
        return item;
    }

    private static void awaitList(FreshetClient server) throws InterruptedException {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("count", MAX_ITEMS);
        int all = Math.min(MAX_ITEMS, READ_LATER + CLICKS);
        TestCloud.await(
                () ->
                        server.post("/v1/recommendations", request).body().path("items").size()
                                == all);
    }

    private static JsonNode visit(Scene scene, Path folder)
            throws IOException, InterruptedException {
        ProcessBuilder script =
                new ProcessBuilder(
                        "node",
                        "test/live/live.mjs",
                        scene.cloud().apiUri().toString().replaceFirst("/$", ""),
                        scene.publishable,
                        USER,
                        scene.token(USER, Duration.ofMinutes(15)),
                        Integer.toString(CLICKS));
        CommandRun visit = CommandRun.of(script.directory(TRACKER.toFile()), folder, 2 * 60);
        assertThat(visit.code()).as(visit.err()).isZero();
        return ApiBodies.json(visit.out());
    }

    /** Returns the type of each event that has a row of its own, by its id. */
    private static Map<String, String> done(JsonNode visit) {
        Map<String, String> done = new HashMap<>();
        for (JsonNode event : visit.path("events")) {
            if (!event.path("type").asText().equals("impression") && !event.has("retracts")) {
                done.put(event.path("eventId").asText(), event.path("type").asText());
            }
        }
        return done;
    }

    private static Map<String, String> stored(FreshetClient server, JsonNode visit) {
        Map<String, String> stored = new HashMap<>();
        var readers = new TreeSet<String>();
        visit.path("events").forEach(event -> readers.add(event.path("reader").asText()));
        for (String reader : readers) {
            String path = "/v1/users/" + FreshetClient.segment(reader) + "/interactions?count=100";
            String next = path;
            while (next != null) {
                ApiResponse response = server.get(next);
                for (JsonNode row : response.body().path("interactions")) {
                    if (!row.has("retracts")) {
                        stored.put(row.path("eventId").asText(), row.path("type").asText());
                    }
                }
                String after = response.body().path("next").asText(null);
                next = after == null ? null : path + "&after=" + FreshetClient.segment(after);
            }
        }
        return stored;
    }

    private static String percentiles(JsonNode visit) {
        int[] sorted =
                visit.path("milliseconds")
                        .valueStream()
                        .mapToInt(JsonNode::asInt)
                        .sorted()
                        .toArray();
        return "p50 %d ms, most %d ms of %d"
                .formatted(
                        sorted[sorted.length / 2],
                        Arrays.stream(sorted).max().orElse(0),
                        sorted.length);
    }
}
