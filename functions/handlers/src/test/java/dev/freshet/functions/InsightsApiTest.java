package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Quarantine;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.PageRequest.PageCursor;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.FlowHistory.Resolution;
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

/**
 * The routes that answer questions about the stack: of a catalogue, of what arrives, and of a lake.
 */
class InsightsApiTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(2));

    private static final LakeAnswer ANSWER =
            new LakeAnswer(
                    Instant.parse("2026-03-01T02:14:09Z"),
                    List.of("tag", "choices"),
                    List.of(List.of("=1+1", "12"), Arrays.asList("sea", null)),
                    true);

    private static final LakeAnswers ONE =
            query -> query == NamedQuery.DEMAND_BY_TAG ? Optional.of(ANSWER) : Optional.empty();

    private final Model model = Trainer.train(Model.EMPTY, catalogue(2_001)).model();
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

    private static List<Example> catalogue(int items) {
        List<Example> all = new ArrayList<>();
        for (int n = 0; n < items; n++) {
            Item.Content content =
                    Item.Content.of("article", "Tea", List.of("drinks")).published("ann", BEFORE);
            Item item = Item.of("item-" + n, 1, content);
            all.add(new Example.ItemChanged(item, Map.of(n, 1), BEFORE));
        }
        return all;
    }

    @Test
    void beforeTheFirstDrawingThereIsNoSegmentAndNoDayOfADrawing() {
        gateway.ask("GET /v1/segments")
                .assertHas("200", "/segments = []", "/people = 0", "/drawn = -");
    }

    @Test
    void segmentsAreATableForWhoPrefersOne() {
        Answer csv = gateway.ask("GET /v1/segments\nAccept: text/csv");

        csv.assertHas("200", "Content-Disposition: attachment; filename=\"segments.csv\"");
        assertThat(csv.headers().get("Content-Type")).startsWith("text/csv");
    }

    @Test
    void whatIsNoParameterOrOutOfRangeIsRefused() {
        gateway.assertAnswers(
                """
                GET /v1/insights/catalogue?days=7 -> 400 unknown-parameter
                GET /v1/insights/topics?by=group -> 400 malformed-by
                GET /v1/insights/topics?days=8 -> 400 days-out-of-range
                GET /v1/insights/topics?country=xx -> 400 malformed-country
                GET /v1/insights/items?order=all -> 400 malformed-order
                GET /v1/insights/items?limit=0 -> 400 limit-out-of-range
                GET /v1/insights/items?limit=101 -> 400 limit-out-of-range
                GET /v1/insights/items?limit=9999999999 -> 400 limit-out-of-range
                GET /v1/insights/items?after=AAAA -> 400 bad-cursor
                GET /v1/insights/items?by=tag -> 400 unknown-parameter
                GET /v1/segments?count=3 -> 400 unknown-parameter
                """);
    }

    private Answer never(String parameters) {
        return gateway.ask("GET /v1/insights/items?order=never-shown" + parameters);
    }

    private Answer after(String position) {
        return never("&after=" + PageCursor.of("insights/items/never-shown", position));
    }

    @Test
    void aCursorThatWasMadeUpOrIsOfAnotherOrderIsRefused() {
        for (String position : List.of("", "zz item", "12345678901234567 item", " item", "1")) {
            assertThat(after(position + "x").status()).as(position).isEqualTo(400);
        }
        after(Long.toHexString(Double.doubleToLongBits(Double.NaN)) + " item").assertHas("200");
        String next = never("").at("/next");
        never("&after=" + next).assertHas("200");
        gateway.ask("GET /v1/insights/items?order=attention&after=" + next)
                .assertProblem(400, "bad-cursor");
    }

    @Test
    void everyItemIsOnOnePage() {
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            Answer page = never("&limit=100" + after);
            seen.addAll(page.body().path("items").findValuesAsText("itemId"));
            after = page.body().has("next") ? "&after=" + page.at("/next") : "";
        } while (!after.isEmpty());

        assertThat(seen).hasSize(2_001).doesNotHaveDuplicates();
    }

    @Test
    void topicsAndItemsAreTablesForWhoPrefersThem() {
        assertThat(gateway.ask("GET /v1/insights/topics\nAccept: text/csv").body().textValue())
                .startsWith("topic,");
        assertThat(never("\nAccept: text/csv").body().textValue())
                .startsWith("itemId,title,tags,publishedAt,reason\r\n");
    }

    @Test
    void theCatalogueIsConfirmedByItsTag() {
        Answer first = gateway.ask("GET /v1/insights/catalogue");

        first.assertHas(
                "/available = 2001",
                "/coverage = 0.0",
                "/gini = null",
                "/neverShown/count = 2001",
                "/timeToFirstShowing = null");
        String etag = "\nIf-None-Match: " + first.headers().get("ETag");
        gateway.ask("GET /v1/insights/catalogue" + etag).assertHas("304");
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
                Context.UNKNOWN);
    }

    private ShardPosition position() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    private void quarantined(String reason, Instant at) {
        quarantine.put(new Quarantine.Entry(position(), "ann", reason, at, new byte[] {1}));
    }

    private Answer quality(Measurements measurements) {
        return measured(measurements, "GET /v1/insights/quality");
    }

    private Answer measured(Measurements measurements, String request) {
        Model model =
                Trainer.train(Model.EMPTY, List.of(list(true), list(true), list(false))).model();
        InsightSources sources =
                new InsightSources(
                        () -> new Versioned(model, 7, NOW),
                        () -> new Replica.Status(7, NOW, 0, 0, null),
                        measurements,
                        new MemoryOutcomeHistory(() -> NOW),
                        TestFunctions.COUNTING,
                        new MemoryTrends(() -> NOW),
                        _ -> Optional.of(quarantine.count()));
        return gateway(sources, Optional.empty()).ask(request);
    }

    @Test
    void flowIsInFineStepsForTwoDaysAndInCoarseOnesBeforeAndNamesFailedChecks() {
        Measurements past =
                new Measurements() {
                    @Override
                    public Optional<Flow> flow(Instant now) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<FlowHistory> history(Resolution resolution, Instant now) {
                        return Optional.of(
                                new FlowHistory(
                                        Flow.Source.PROCESS,
                                        List.of(
                                                step(Duration.ofHours(24), 1),
                                                step(resolution.step(), 3))));
                    }
                };
        measured(past, "GET /v1/insights/flow")
                .assertHas(
                        """
                        /step = PT5M
                        /from = 2026-11-24T17:05:00Z
                        /steps = [{"at":"2026-11-25T16:55:00Z","accepted":7,"refused":0,\
                        "quarantined":1,"duplicates":0,"lists":40,"degraded":3,\
                        "recommend":{"p50Ms":3,"p99Ms":30},"refusals":[{"code":"unknown-type","count":123},\
                        {"code":"no-item","count":2}],"failed":["quarantine","degraded"],"deployed":true}]
                        """);
        measured(past, "GET /v1/insights/flow?hours=49")
                .assertHas(
                        """
                        /step = PT1H
                        /from = 2026-11-23T17:00:00Z
                        /steps/0/failed = ["quarantine"]
                        /steps/0/deployed = false
                        /steps/1/deployed = true
                        /steps/1/at = 2026-11-25T16:00:00Z
                        """);
        measured(Measurements.NONE, "GET /v1/insights/flow?hours=1344")
                .assertHas("/source = none", "/steps = []");
        gateway.assertAnswers(
                """
                GET /v1/insights/flow?hours=0 -> 400 hours-out-of-range
                GET /v1/insights/flow?hours=1345 -> 400 hours-out-of-range
                GET /v1/insights/flow?days=1 -> 400 unknown-parameter
                """);
    }

    private static FlowHistory.Step step(Duration before, long degraded) {
        return new FlowHistory.Step(
                new Flow.Minute(
                        NOW.minus(before),
                        Map.of(
                                Count.ACCEPTED, 7L,
                                Count.QUARANTINED, 1L,
                                Count.RECOMMENDATIONS, 40L,
                                Count.DEGRADED, degraded)),
                null,
                new Flow.Percentiles(3, 30),
                degraded,
                Map.of("no-item", 2L, "unknown-type", 123L));
    }

    private static Flow flow(long accepted, long refused, Flow.ClockSkew skew) {
        Flow.Minute minute =
                new Flow.Minute(
                        NOW.minusSeconds(60),
                        Map.of(
                                Count.ACCEPTED, accepted,
                                Count.WITHOUT_PERSONALISATION, refused,
                                Count.WITHOUT_ANALYTICS, 2 * refused));
        return new Flow(
                Flow.Source.PROCESS, NOW, List.of(minute), null, List.of(), null, true, null, skew);
    }

    @Test
    void qualityHasTheReasonsOfQuarantineAndTheTimeOfTheOldest() {
        quarantined("undecodable: java.io.IOException: ann", NOW.minusSeconds(60));
        quarantined("undecodable: java.io.IOException: bob", NOW.minusSeconds(600));
        quarantined("<b>=cmd", NOW);

        quality(Measurements.NONE)
                .assertHas(
                        """
                        /quarantine = [{"reason":"other","count":1,"oldest":"2026-11-25T17:00:00Z"},\
                        {"reason":"undecodable","count":2,"oldest":"2026-11-25T16:50:00Z"}]
                        /quarantineComplete = true
                        /impressions = 3
                        /impressionsWithoutToken = 1
                        /consent = -
                        /clockSkew = -
                        """);
    }

    @Test
    void qualityHasConsentAndClocksWhereTheyAreMeasured() {
        quality(_ -> Optional.of(flow(10, 2, new Flow.ClockSkew(8, 1, 86_400))))
                .assertHas(
                        """
                        /consent = [{"purpose":"personalisation","share":0.8},\
                        {"purpose":"analytics","share":0.6}]
                        /clockSkew = {"count":8,"p50Seconds":1,"p99Seconds":86400}
                        """);
    }

    @Test
    void refusalsThatAreAheadOfTheEventsAreNoShareBelowNothing() {
        Flow.ClockSkew none = new Flow.ClockSkew(1, 0, 0);
        quality(_ -> Optional.of(flow(1, 2, none))).assertHas("/consent/0/share = 0.0");
        quality(_ -> Optional.of(flow(0, 2, none))).assertHas("/consent = -");
    }

    private static Gateway gateway(Optional<LakeAnswers> answers) {
        return gateway(TestFunctions.insights(() -> new Versioned(Model.EMPTY, 1, NOW)), answers);
    }

    @Test
    void theQueriesOfANightAreListed() {
        Answer answer = gateway(Optional.of(ONE)).ask("GET /v1/insights/lake");

        answer.assertHas("/lake = true");
        assertThat(answer.body().path("queries").findValuesAsText("name"))
                .containsExactlyElementsOf(
                        LakeAnswers.QUERIES.stream().map(NamedQuery::wireName).toList());
    }

    private static Answer latest(Optional<LakeAnswers> answers, String query) {
        ObjectNode request = Gateway.event("GET /v1/insights/lake/" + query);
        request.put("resource", "/v1/insights/lake/{query}");
        request.putObject("pathParameters").put("query", query.replaceAll("\n.*", ""));
        return gateway(answers).send(request);
    }

    @Test
    void anAnswerHasItsRowsByTheNamesOfColumnsAndAsAFileNoFormula() {
        latest(Optional.of(ONE), "demand-by-tag")
                .assertHas(
                        """
                        200
                        /askedAt = 2026-03-01T02:14:09Z
                        /rows = [{"tag":"=1+1","choices":"12"},{"tag":"sea","choices":null}]
                        """);
        assertThat(latest(Optional.of(ONE), "demand-by-tag\nAccept: text/csv").body().textValue())
                .isEqualTo("tag,choices\r\n'=1+1,12\r\nsea,\r\n");
    }

    /** The query {@code chosen-after} asks about an item, which a night does not name. */
    @Test
    void whatWasNotAskedYetIsToldApartFromWhatIsUnknown() {
        latest(Optional.of(ONE), "retention").assertProblem(404, "no-answer-yet");
        latest(Optional.empty(), "demand-by-tag").assertProblem(404, "no-answer-yet");
        latest(Optional.of(ONE), "passwords").assertProblem(404, "unknown-query");
        latest(Optional.of(ONE), "chosen-after").assertProblem(404, "unknown-query");
    }
}
