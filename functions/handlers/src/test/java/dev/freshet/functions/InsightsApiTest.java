package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleContext;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Quarantine;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.PageRequest.PageCursor;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.InsightSources;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.LakeAnswers.LakeAnswer;
import dev.freshet.lake.NamedQuery;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.log.Trainer;
import dev.freshet.testkit.memory.MemoryOutcomeHistory;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryTrends;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The routes that answer questions about the stack: of a catalogue that means no good, of what
 * arrives, and of a lake.
 */
class InsightsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(2));
    private static final String CATALOGUE = "/v1/insights/catalogue";
    private static final String TOPICS = "/v1/insights/topics";
    private static final String ITEMS = "/v1/insights/items";

    private static final List<String> TITLES =
            List.of("=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "a \"quoted\", title");

    private static final LakeAnswer ANSWER =
            new LakeAnswer(
                    Instant.parse("2026-03-01T02:14:09Z"),
                    List.of("tag", "choices"),
                    List.of(List.of("=1+1", "12"), Arrays.asList("sea", null)),
                    true);

    private static final LakeAnswers ONE =
            query -> query == NamedQuery.DEMAND_BY_TAG ? Optional.of(ANSWER) : Optional.empty();

    private final Model model = Trainer.train(Model.EMPTY, hostile(2_001)).model();
    private final Gateway gateway =
            gateway(TestFunctions.insights(() -> new Versioned(model, 7, NOW)), Optional.empty());
    private final MemoryQuarantine quarantine = new MemoryQuarantine();
    private int sequence;

    private static Gateway gateway(InsightSources sources, Optional<LakeAnswers> lake) {
        InsightsApi api = new InsightsApi(sources, lake, () -> NOW);
        return new Gateway(
                new HttpHandler() {
                    @Override
                    protected Map<String, OperationHandler> operations() {
                        return api.operations();
                    }
                });
    }

    private static List<Example> hostile(int items) {
        List<Example> all = new ArrayList<>();
        for (int n = 0; n < items; n++) {
            all.add(
                    new Example.ItemChanged(
                            Item.of(
                                    "item-" + n,
                                    1,
                                    new Item.Content(
                                            "article",
                                            null,
                                            TITLES.get(n % TITLES.size()),
                                            "",
                                            List.of("=tag-" + n, "<b>"),
                                            "@author",
                                            BEFORE,
                                            Map.of())),
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

        answer.assertProblem(400, code);
        assertThat(answer.at("/detail")).isNotEmpty();
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
        String next = get(ITEMS, Map.of("order", "never-shown")).at("/next");

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
        assertThat(topics.at("/topics/0/topic")).startsWith("<b>");
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

    private Example.Exposure list(boolean attributed) {
        return new Example.Exposure(
                position(),
                new Pseudonym(sequence),
                (int) (NOW.getEpochSecond() / 3_600),
                attributed,
                attributed ? "home" : "",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ExampleContext.UNKNOWN);
    }

    private ShardPosition position() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    private void quarantined(String reason, Instant at) {
        quarantine.put(new Quarantine.Entry(position(), "ann", reason, at, new byte[] {1}));
    }

    private JsonNode quality(Measurements measurements) {
        Model model =
                Trainer.train(Model.EMPTY, List.of(list(true), list(true), list(false))).model();
        InsightSources sources =
                new InsightSources(
                        () -> new Versioned(model, 7, NOW),
                        () -> new Replica.Status(7, NOW, 0, 0, null),
                        measurements,
                        new MemoryOutcomeHistory(() -> NOW),
                        new MemoryTrends(() -> NOW),
                        _ -> Optional.of(quarantine.count()));
        return gateway(sources, Optional.empty())
                .send(Gateway.request("GET", "/v1/insights/quality", Map.of()))
                .body();
    }

    private static Flow flow(long accepted, long refused, Flow.ClockSkew skew) {
        return new Flow(
                Flow.Source.PROCESS,
                NOW,
                List.of(
                        new Flow.Minute(
                                NOW.minusSeconds(60),
                                accepted,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                0,
                                refused,
                                2 * refused)),
                null,
                List.of(),
                null,
                true,
                null,
                skew);
    }

    @Test
    void qualityHasTheReasonsOfQuarantineAndTheTimeOfTheOldest() {
        quarantined("undecodable: java.io.IOException: ann", NOW.minusSeconds(60));
        quarantined("undecodable: java.io.IOException: bob", NOW.minusSeconds(600));
        quarantined("<b>=cmd", NOW);

        JsonNode answer = quality(Measurements.NONE);

        assertThat(answer.path("quarantine").toString())
                .isEqualTo(
                        "[{\"reason\":\"other\",\"count\":1,\"oldest\":\"2026-11-25T17:00:00Z\"},"
                                + "{\"reason\":\"undecodable\",\"count\":2,"
                                + "\"oldest\":\"2026-11-25T16:50:00Z\"}]");
        assertThat(answer.path("quarantineComplete").asBoolean()).isTrue();
        assertThat(answer.path("impressions").asLong()).isEqualTo(3);
        assertThat(answer.path("impressionsWithoutToken").asLong()).isEqualTo(1);
        assertThat(answer.has("consent") || answer.has("clockSkew"))
                .as("what is not measured is absent")
                .isFalse();
    }

    @Test
    void qualityHasConsentAndClocksWhereTheyAreMeasured() {
        JsonNode answer = quality(_ -> Optional.of(flow(10, 2, new Flow.ClockSkew(8, 1, 86_400))));

        assertThat(answer.path("consent").toString())
                .isEqualTo(
                        "[{\"purpose\":\"personalisation\",\"share\":0.8},"
                                + "{\"purpose\":\"analytics\",\"share\":0.6}]");
        assertThat(answer.path("clockSkew").toString())
                .isEqualTo("{\"count\":8,\"p50Seconds\":1,\"p99Seconds\":86400}");
    }

    @Test
    void refusalsThatAreAheadOfTheEventsAreNoShareBelowNothing() {
        JsonNode answer = quality(_ -> Optional.of(flow(1, 2, new Flow.ClockSkew(1, 0, 0))));

        assertThat(answer.at("/consent/0/share").asDouble()).isZero();
        assertThat(
                        quality(_ -> Optional.of(flow(0, 2, new Flow.ClockSkew(1, 0, 0))))
                                .has("consent"))
                .isFalse();
    }

    private static Gateway gateway(Optional<LakeAnswers> answers) {
        return gateway(TestFunctions.insights(() -> new Versioned(Model.EMPTY, 1, NOW)), answers);
    }

    private static Gateway.Answer latest(
            Optional<LakeAnswers> answers, String query, Map<String, String> headers) {
        ObjectNode request = Gateway.request("GET", "/v1/insights/lake/{query}", headers);
        request.putObject("pathParameters").put("query", query);
        return gateway(answers).send(request);
    }

    @Test
    void theQueriesOfANightAreListed() {
        Gateway.Answer reply =
                gateway(Optional.of(ONE))
                        .send(Gateway.request("GET", "/v1/insights/lake", Map.of()));

        assertThat(reply.body().path("lake").asBoolean()).isTrue();
        assertThat(reply.body().path("queries").findValuesAsText("name"))
                .containsExactlyElementsOf(
                        LakeAnswers.QUERIES.stream().map(NamedQuery::wireName).toList());
    }

    @Test
    void anAnswerHasItsRowsByTheNamesOfColumns() {
        Gateway.Answer reply = latest(Optional.of(ONE), "demand-by-tag", Map.of());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/askedAt")).isEqualTo("2026-03-01T02:14:09Z");
        assertThat(reply.body().path("rows"))
                .hasToString(
                        "[{\"tag\":\"=1+1\",\"choices\":\"12\"},{\"tag\":\"sea\",\"choices\":null}]");
    }

    @Test
    void asAFileItHasNoFormula() {
        Gateway.Answer reply =
                latest(Optional.of(ONE), "demand-by-tag", Map.of("Accept", "text/csv"));

        assertThat(reply.body().textValue()).isEqualTo("tag,choices\r\n'=1+1,12\r\nsea,\r\n");
    }

    @Test
    void whatWasNotAskedYetIsToldApartFromWhatIsUnknown() {
        assertThat(code(Optional.of(ONE), "retention")).isEqualTo("no-answer-yet");
        assertThat(code(Optional.empty(), "demand-by-tag")).isEqualTo("no-answer-yet");
        assertThat(code(Optional.of(ONE), "passwords")).isEqualTo("unknown-query");
        assertThat(code(Optional.of(ONE), "chosen-after"))
                .as("asks about an item, which a night does not name")
                .isEqualTo("unknown-query");
    }

    private static String code(Optional<LakeAnswers> answers, String query) {
        Gateway.Answer reply = latest(answers, query, Map.of());
        assertThat(reply.status()).isEqualTo(404);
        return reply.code();
    }
}
