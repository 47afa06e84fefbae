package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.FreshetClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboard in a browser, of a local cloud on which a made-up day was lived: the figures on its
 * pages are those of what was done and of what is stored.
 */
class DashboardFiguresTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SITE = Path.of("../web/site").toAbsolutePath().normalize();
    private static final Path CHROMIUM =
            Path.of(
                    Objects.requireNonNullElse(
                            System.getenv("FRESHET_CHROMIUM"), "/usr/bin/chromium"));

    /** So many that what was never shown is more than one page of a list. */
    private static final int ITEMS = 160;

    private static final int LONGEST_LIST = 100;
    private static final int USERS = 24;
    private static final int COUNT = 5;

    private final TreeSet<String> shown = new TreeSet<>();
    private int events;
    private int clicks;

    @BeforeAll
    static void needsABrowserAndTheBuiltPages() {
        assumeTrue(Files.exists(CHROMIUM), "There is no Chromium at " + CHROMIUM + ".");
        assumeTrue(
                Files.exists(SITE.resolve("dist/dashboard/index.html")),
                "web/site was not built: run ./mvnw package -pl web.");
    }

    @Test
    void figuresOnThePagesAreThoseOfWhatWasDoneAndIsStored(@TempDir Path folder) throws Exception {
        try (Scene scene = new Scene(folder, true);
                FreshetClient server = scene.client(scene.secret)) {
            assertThat(server.post("/v1/items", catalogue()).status()).isEqualTo(200);
            await(() -> list(server, "nobody", LONGEST_LIST).path("items").size() == LONGEST_LIST);
            for (int i = 0; i < USERS; i++) {
                visit(server, "reader-" + i, i % 3 == 0);
            }
            await(() -> learned(server) == events && measured(server) == events);

            JsonNode pages = pages(scene, folder);

            assertThat(pages.path("failures")).isEmpty();
            assertThat(sum(pages.path("freshness"), "Events")).isEqualTo(events);
            assertThat(sum(pages.path("types"), "Events"))
                    .isEqualTo(clicks)
                    .isEqualTo(storedClicks(server));
            assertThat(sum(pages.path("days"), "Lists")).isEqualTo(USERS);
            assertThat(sum(pages.path("days"), "Clicked")).isEqualTo(clicks);
            JsonNode home = pages.at("/placements/0");
            assertThat(home.path("Placement").asText()).isEqualTo("home");
            assertThat(number(home, "Lists")).isEqualTo(USERS);
            assertThat(number(home, "Clicked")).isEqualTo(clicks);
            assertThat(home.path("Share").asText())
                    .isEqualTo(String.format(Locale.ROOT, "%.1f %%", 100.0 * clicks / USERS));

            assertThat(pages.at("/shown/value").asText())
                    .isEqualTo(Math.round(100.0 * shown.size() / ITEMS) + " %");
            assertThat(pages.at("/shown/note").asText())
                    .startsWith(shown.size() + " of " + ITEMS + " items");
            assertThat(pages.at("/neverShown/value").asText())
                    .isEqualTo(Integer.toString(ITEMS - shown.size()));
            assertThat(ids(pages.path("file").asText())).isEqualTo(neverShown());
        }
    }

    private static ObjectNode catalogue() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode items = body.putArray("items");
        for (int i = 0; i < ITEMS; i++) {
            items.addObject()
                    .put("itemId", "item-" + i)
                    .put("title", "Title " + i)
                    .put("publishedAt", Instant.now().minus(Duration.ofDays(2)).toString());
        }
        return body;
    }

    private static JsonNode list(FreshetClient server, String user, int count) {
        ObjectNode request =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("userId", user)
                        .put("placement", "home")
                        .put("count", count);
        return server.post("/v1/recommendations", request).body();
    }

    /** Sees a list, and clicks on its second item. */
    private void visit(FreshetClient server, String user, boolean clicking) {
        JsonNode list = list(server, user, COUNT);
        assertThat(list.path("items")).hasSize(COUNT);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode sent = body.putArray("events");
        event(sent, "impression", user, list);
        list.path("items").forEach(item -> shown.add(item.path("itemId").asText()));
        if (clicking) {
            event(sent, "click", user, list).put("itemId", list.at("/items/1/itemId").asText());
            clicks++;
        }
        assertThat(server.post("/v1/events", body).body().path("accepted").asInt())
                .isEqualTo(sent.size());
        events += sent.size();
    }

    private static ObjectNode event(ArrayNode sent, String type, String user, JsonNode list) {
        return sent.addObject()
                .put("eventId", type + "-of-" + user)
                .put("type", type)
                .put("userId", user)
                .put("occurredAt", Instant.now().toString())
                .put("exposure", list.path("exposure").asText());
    }

    /** Returns how many events the model has learned, by the outcomes. */
    private static int learned(FreshetClient server) {
        int learned = 0;
        for (JsonNode row : server.get("/v1/insights/outcomes?by=placement").body().path("rows")) {
            learned += row.path("lists").asInt() + row.path("clicks").asInt();
        }
        return learned;
    }

    /** Returns how many events are stored as rows, by the metrics of the consumer. */
    private static int measured(FreshetClient server) {
        JsonNode overview = server.get("/v1/insights/overview").body();
        return overview.at("/flow/freshness/count").asInt();
    }

    private static int storedClicks(FreshetClient server) {
        int clicks = 0;
        for (int i = 0; i < USERS; i++) {
            JsonNode rows = server.get("/v1/users/reader-" + i + "/interactions").body();
            for (JsonNode row : rows.path("interactions")) {
                clicks += row.path("type").asText().equals("click") ? 1 : 0;
            }
        }
        return clicks;
    }

    private Set<String> neverShown() {
        TreeSet<String> never = new TreeSet<>();
        IntStream.range(0, ITEMS).forEach(i -> never.add("item-" + i));
        never.removeAll(shown);
        return never;
    }

    /** Returns the first cells of a file of items, whose first column is their ids. */
    private static Set<String> ids(String csv) {
        TreeSet<String> ids = new TreeSet<>();
        assertThat(csv).startsWith("itemId,");
        csv.lines().skip(1).forEach(line -> assertThat(ids.add(line.split(",", 2)[0])).isTrue());
        return ids;
    }

    private static int number(JsonNode row, String column) {
        return Integer.parseInt(row.path(column).asText().replace(",", ""));
    }

    private static int sum(JsonNode rows, String column) {
        int sum = 0;
        for (JsonNode row : rows) {
            sum += number(row, column);
        }
        return sum;
    }

    private static JsonNode pages(Scene scene, Path folder)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("pages.err");
        Process process =
                new ProcessBuilder(
                                "node",
                                "test/live/dashboard.mjs",
                                scene.cloud().apiUri().resolve("/dashboard/")
                                        + "#key="
                                        + scene.insights)
                        .directory(SITE.toFile())
                        .redirectError(errors.toFile())
                        .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return JSON.readTree(output);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(240);
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(200);
        }
    }
}
