package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.PageScript;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures of a local cloud on which a made-up day was lived, as the routes of the insights
 * answer them and as the pages of the dashboard show them in a browser: those of what was done and
 * of what is stored.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsightFiguresTest {
    /** So many that what was never shown is more than one page of a list. */
    private static final int ITEMS = 160;

    private static final int LONGEST_LIST = 100;
    private static final int USERS = 24;
    private static final int COUNT = 5;

    private Scene scene;
    private FreshetClient server;
    private VisitedSite site;
    private Set<String> shown;
    private int clicks;

    @BeforeAll
    void visit(@TempDir Path folder) throws InterruptedException {
        scene = Scene.start(folder);
        server = scene.client(scene.secret);
        site = VisitedSite.of(server, ITEMS, COUNT, LONGEST_LIST);
        site.visit(USERS);
        site.awaitAll();
        shown = site.shown();
        clicks = site.clicks();
    }

    @AfterAll
    void end() {
        server.close();
        scene.close();
    }

    @Test
    void theRoutesAnswerWhatWasShownAndClicked() {
        JsonNode outcome = outcome();
        assertThat(outcome.path("lists").asInt()).isEqualTo(USERS);
        assertThat(outcome.path("listsClicked").asInt()).isEqualTo(clicks);
        assertThat(outcome.path("places").asInt()).isEqualTo(USERS * COUNT);
        assertThat(outcome.path("listCtr").asDouble())
                .isCloseTo((double) clicks / USERS, within(1e-6));
        assertThat(site.storedClicks()).isEqualTo(clicks);
        JsonNode catalogue = server.get("/v1/insights/catalogue").body();
        assertThat(catalogue.path("available").asInt()).isEqualTo(ITEMS);
        assertThat(catalogue.path("shown").asInt()).isEqualTo(shown.size()).isLessThan(ITEMS);
        assertThat(catalogue.path("coverage").asDouble())
                .isCloseTo((double) shown.size() / ITEMS, within(1e-6));
        assertThat(catalogue.at("/neverShown/count").asInt()).isEqualTo(ITEMS - shown.size());
        JsonNode never = server.get("/v1/insights/items?order=never-shown").body().path("items");
        assertThat(never.findValuesAsText("itemId")).isNotEmpty().isSubsetOf(neverShown(shown));
        JsonNode overview = server.get("/v1/insights/overview").body();
        assertThat(overview.at("/events/byType/click").asInt()).isEqualTo(clicks);
    }

    private JsonNode outcome() {
        for (JsonNode row : server.get("/v1/insights/outcomes?by=placement").body().path("rows")) {
            if (row.path("placement").asText().equals(VisitedSite.PLACEMENT)) {
                return row;
            }
        }
        throw new AssertionError("no outcomes of " + VisitedSite.PLACEMENT);
    }

    @Test
    void thePagesShowWhatWasDoneAndIsStored(@TempDir Path folder) throws Exception {
        String page = scene.cloud().apiUri().resolve("/dashboard/") + "#key=" + scene.insights;
        JsonNode pages = PageScript.run(folder, "dashboard.mjs", page);

        assertThat(pages.path("failures")).isEmpty();
        assertThat(sum(pages.path("freshness"), "Events")).isEqualTo(site.events());
        assertThat(sum(pages.path("types"), "Events"))
                .isEqualTo(clicks)
                .isEqualTo(site.storedClicks());
        assertThat(sum(pages.path("days"), "Lists")).isEqualTo(USERS);
        assertThat(sum(pages.path("days"), "Clicked")).isEqualTo(clicks);
        JsonNode home = pages.at("/placements/0");
        assertThat(home.path("Placement").asText()).isEqualTo(VisitedSite.PLACEMENT);
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
        assertThat(ids(pages.path("file").asText())).isEqualTo(neverShown(shown));
    }

    private static Set<String> neverShown(Set<String> shown) {
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
}
