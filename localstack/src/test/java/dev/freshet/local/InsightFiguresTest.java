package dev.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.cli.client.FreshetClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    @Test
    void figuresAreThoseOfWhatWasShownAndClicked(@TempDir Path state) throws Exception {
        try (LocalCloud cloud = LocalCloud.start(TestCloud.options(state).withPlansLifted(true));
                FreshetClient client = cloud.client()) {
            VisitedSite site = VisitedSite.of(client, ITEMS, COUNT, ITEMS);
            site.visit(USERS);
            site.awaitAll();
            Set<String> shown = site.shown();
            int clicks = site.clicks();

            JsonNode outcome = outcome(client);
            assertThat(outcome.path("lists").asInt()).isEqualTo(USERS);
            assertThat(outcome.path("listsClicked").asInt()).isEqualTo(clicks);
            assertThat(outcome.path("places").asInt()).isEqualTo(USERS * COUNT);
            assertThat(outcome.path("listCtr").asDouble())
                    .isCloseTo((double) clicks / USERS, within(1e-6));
            assertThat(site.storedClicks()).isEqualTo(clicks);

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

    private static JsonNode outcome(FreshetClient client) {
        JsonNode rows = client.get("/v1/insights/outcomes?by=placement").body().path("rows");
        for (JsonNode row : rows) {
            if (row.path("placement").asText().equals(VisitedSite.PLACEMENT)) {
                return row;
            }
        }
        return JSON.objectNode();
    }

    private static List<String> neverShown(FreshetClient client) {
        List<String> ids = new ArrayList<>();
        client.get("/v1/insights/items?order=never-shown")
                .body()
                .path("items")
                .forEach(item -> ids.add(item.path("itemId").asText()));
        return ids;
    }
}
