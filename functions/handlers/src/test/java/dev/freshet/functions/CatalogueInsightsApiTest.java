package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.example.Example;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.Trainer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes about the catalogue, over a catalogue that means no good. */
class CatalogueInsightsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(2));
    private static final String CATALOGUE = "/v1/insights/catalogue";
    private static final String TOPICS = "/v1/insights/topics";
    private static final String ITEMS = "/v1/insights/items";

    private static final List<String> TITLES =
            List.of("=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "a \"quoted\", title");

    private final Model model = Trainer.train(Model.EMPTY, hostile(2_001)).model();
    private final CatalogueInsightsApi api =
            new CatalogueInsightsApi(() -> new Versioned(model, 7, NOW));
    private final Gateway gateway =
            new Gateway(
                    new HttpHandler() {
                        @Override
                        protected Map<String, OperationHandler> operations() {
                            return api.operations();
                        }
                    });

    private static List<Example> hostile(int items) {
        List<Example> all = new ArrayList<>();
        for (int n = 0; n < items; n++) {
            all.add(
                    new Example.ItemChanged(
                            new Item(
                                    "item-" + n,
                                    1,
                                    false,
                                    "article",
                                    null,
                                    TITLES.get(n % TITLES.size()),
                                    "",
                                    List.of("=tag-" + n, "<b>"),
                                    "@author",
                                    BEFORE,
                                    Map.of(),
                                    List.of(),
                                    Item.RepeatRule.NEVER,
                                    List.of()),
                            Map.of(n, 1),
                            BEFORE));
        }
        return all;
    }

    @Test
    void beforeTheFirstDrawingThereIsNoSegmentAndNoDayOfADrawing() {
        Answer answer = get("/v1/segments", Map.of(), Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("segments").isEmpty()).isTrue();
        assertThat(answer.body().path("people").intValue()).isZero();
        assertThat(answer.body().has("drawn")).isFalse();
        assertThat(get("/v1/segments", Map.of("count", "3"), Map.of()).status()).isEqualTo(400);
    }

    @Test
    void segmentsAreATableForWhoPrefersOne() {
        Answer csv = get("/v1/segments", Map.of(), Map.of("Accept", "text/csv"));

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"segments.csv\"");
        assertThat(csv.headers().get("Content-Type")).startsWith("text/csv");
    }

    private Answer get(String route, Map<String, String> query, Map<String, String> headers) {
        ObjectNode request = Gateway.request("GET", route, headers);
        ObjectNode parameters = request.putObject("queryStringParameters");
        query.forEach(parameters::put);
        return gateway.send(request);
    }

    private Answer get(String route, Map<String, String> query) {
        return get(route, query, Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/insights/catalogue, days, 7, unknown-parameter",
        "/v1/insights/topics, by, group, malformed-by",
        "/v1/insights/topics, days, 8, days-out-of-range",
        "/v1/insights/topics, days, -1, days-out-of-range",
        "/v1/insights/topics, country, xx, malformed-country",
        "/v1/insights/topics, limit, 1, unknown-parameter",
        "/v1/insights/items, order, all, malformed-order",
        "/v1/insights/items, limit, 0, limit-out-of-range",
        "/v1/insights/items, limit, 101, limit-out-of-range",
        "/v1/insights/items, limit, 9999999999, limit-out-of-range",
        "/v1/insights/items, limit, 1e1, limit-out-of-range",
        "/v1/insights/items, after, AAAA, bad-cursor",
        "/v1/insights/items, after, '', bad-cursor",
        "/v1/insights/items, by, tag, unknown-parameter"
    })
    void whatIsNoParameterOrOutOfRangeIsRefused(
            String route, String name, String value, String code) {
        Answer answer = get(route, Map.of(name, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
    }

    @Test
    void aCursorThatWasMadeUpIsRefused() {
        for (String position : List.of("", "zz item", "12345678901234567 item", " item", "1")) {
            String cursor = PageCursor.of("insights/items/never-shown", position + "x");
            Answer answer = get(ITEMS, Map.of("order", "never-shown", "after", cursor));
            assertThat(answer.status()).as(position).isEqualTo(400);
        }
        String nan =
                PageCursor.of(
                        "insights/items/never-shown",
                        Long.toHexString(Double.doubleToLongBits(Double.NaN)) + " item");
        assertThat(get(ITEMS, Map.of("order", "never-shown", "after", nan)).status())
                .isEqualTo(200);
    }

    @Test
    void aCursorOfAnotherOrderIsRefused() {
        String next = get(ITEMS, Map.of("order", "never-shown")).body().path("next").asText();

        assertThat(get(ITEMS, Map.of("order", "never-shown", "after", next)).status())
                .isEqualTo(200);
        assertThat(get(ITEMS, Map.of("order", "attention", "after", next)).code())
                .isEqualTo("bad-cursor");
    }

    @Test
    void everyItemIsOnOnePage() {
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            Answer page =
                    get(
                            ITEMS,
                            after == null
                                    ? Map.of("order", "never-shown", "limit", "100")
                                    : Map.of(
                                            "order",
                                            "never-shown",
                                            "limit",
                                            "100",
                                            "after",
                                            after));
            seen.addAll(page.body().path("items").findValuesAsText("itemId"));
            after = page.body().path("next").textValue();
        } while (after != null);

        assertThat(seen).hasSize(2_001).doesNotHaveDuplicates();
    }

    @Test
    void topicsAreBoundedAndTextsAreGuardedInATable() {
        Answer topics = get(TOPICS, Map.of());
        Answer csv = get(TOPICS, Map.of(), Map.of("Accept", "text/csv"));
        Answer items = get(ITEMS, Map.of("order", "never-shown"), Map.of("Accept", "text/csv"));

        assertThat(topics.body().path("topics")).hasSize(2_000);
        assertThat(topics.body().at("/topics/0/topic").asText()).startsWith("<b>");
        assertThat(csv.body().textValue().lines().skip(1)).noneMatch(line -> line.startsWith("="));
        assertThat(csv.headers())
                .containsEntry("Content-Disposition", "attachment; filename=\"topics.csv\"");
        assertThat(items.body().textValue())
                .contains(",'=cmd|' /C calc'!A0,", "<img src=x onerror=alert(1)>")
                .contains("\"a \"\"quoted\"\", title\"")
                .startsWith("itemId,title,tags,publishedAt,reason\r\n");
    }

    @Test
    void theCatalogueIsConfirmedByItsTag() {
        Answer first = get(CATALOGUE, Map.of());
        Answer again =
                get(CATALOGUE, Map.of(), Map.of("If-None-Match", first.headers().get("ETag")));

        assertThat(first.body().path("available").asInt()).isEqualTo(2_001);
        assertThat(first.body().path("coverage").asDouble(-1)).isZero();
        assertThat(first.body().path("gini").isNull()).isTrue();
        assertThat(first.body().at("/neverShown/count").asInt()).isEqualTo(2_001);
        assertThat(first.body().path("timeToFirstShowing").isNull()).isTrue();
        assertThat(again.status()).isEqualTo(304);
    }
}
