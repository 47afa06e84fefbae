package dev.freshet.functions;

import static dev.freshet.testkit.Bodies.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.ingest.EventLog;
import dev.freshet.ingest.RateLimit;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.memory.MemoryEventLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectHandlerTest {
    private static final String ROUTE = "/v1/events";
    private static final String TYPES_ROUTE = "/v1/event-types";
    private static final EventTypes TYPES =
            EventTypes.parse(
                    """
                    {"try-on": {"slot": 3, "value": "seconds", "strength": [[0, 0], [60, 3]]}}
                    """);

    private final MemoryEventLog stream = new MemoryEventLog();
    private final List<String> lines = new ArrayList<>();
    private final Gateway gateway = gateway(stream);

    private Gateway gateway(EventLog log) {
        return gateway(log, new ViewerLocation(true));
    }

    private Gateway gateway(EventLog log, ViewerLocation location) {
        Metrics metrics = new Metrics("test", "default", () -> NOW, lines::add);
        return new Gateway(TestFunctions.collect(log, TYPES, location, metrics, () -> NOW));
    }

    private Answer post(Object... events) {
        return gateway.post(ROUTE, escaped(Bodies.of(events)));
    }

    private Answer as(Caller caller, Object... events) {
        return gateway.as(caller).post(ROUTE, Bodies.of(events));
    }

    /** Returns JSON with unpaired surrogates as escapes, as a client writes them. */
    private static String escaped(String json) {
        return new String(Bodies.utf8(json), StandardCharsets.UTF_8);
    }

    private List<Event> placed() {
        EventCodec codec = new EventCodec();
        return stream.records().stream().map(r -> codec.decode(r.entry().bytes())).toList();
    }

    private List<String> placedIds() {
        return placed().stream().map(event -> event.header().eventId()).toList();
    }

    private static ObjectNode click() {
        return Bodies.click("bad");
    }

    @Test
    void acceptsEventsIntoTheStream() {
        Answer answer = post(Bodies.click("e-1"), Bodies.click("e-2"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().toString())
                .isEqualTo("{\"accepted\":2,\"rejected\":[],\"receivedAt\":\"" + NOW + "\"}");
        assertThat(placedIds()).containsExactly("e-1", "e-2");
        assertThat(lines).singleElement().asString().contains("\"Accepted\":2");
    }

    @Test
    void theErrorOfAClientsClockIsMeasuredWhereTheRequestTellsItsTime() {
        String body =
                "{\"sentAt\":\"%s\",\"events\":[%s]}"
                        .formatted(NOW.plusSeconds(90), Bodies.click("e-1"));

        assertThat(gateway.post(ROUTE, body).status()).isEqualTo(202);
        assertThat(lines).singleElement().asString().contains("\"ClockSkewSeconds\":90");

        lines.clear();
        post(Bodies.click("e-2"));
        assertThat(lines)
                .singleElement()
                .asString()
                .as("without the time there is no error to measure")
                .doesNotContain("ClockSkewSeconds");
    }

    static Stream<Arguments> badEvents() {
        String nan = click().put("type", "dwell").put("value", "@").toString();
        String deep = click().put("x", "@").toString();
        return Stream.of(
                Arguments.of("unknown-type", click().put("type", "glance")),
                Arguments.of("missing-event-id", click().putNull("eventId")),
                Arguments.of("missing-user", click().putNull("userId")),
                Arguments.of("missing-target", click().putNull("itemId")),
                Arguments.of("malformed-time", click().put("occurredAt", "yesterday")),
                Arguments.of(
                        "occurred-at-in-future", click().put("occurredAt", "3000-01-01T00:00:00Z")),
                Arguments.of(
                        "occurred-at-too-old", click().put("occurredAt", "2016-01-01T00:00:00Z")),
                Arguments.of("value-not-finite", nan.replace("\"@\"", "NaN")),
                Arguments.of("malformed-id", click().put("userId", "a".repeat(129))),
                Arguments.of("malformed-id", click().put("itemId", "a\ud800b")),
                Arguments.of(
                        "event-too-deep", deep.replace("\"@\"", "[".repeat(90) + "]".repeat(90))),
                Arguments.of("event-too-large", click().put("x", "a".repeat(90 << 10))),
                Arguments.of("exposure-forged", click().put("exposure", "Zm9yZ2Vk")),
                Arguments.of("event-not-an-object", "\"click\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badEvents")
    void refusesABadEventAndLosesNothingBesideIt(String code, Object bad) {
        Answer answer = post(Bodies.click("e-1"), bad, Bodies.click("e-2"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.body().path("rejected")).hasSize(1);
        JsonNode refusal = answer.body().at("/rejected/0");
        assertThat(refusal.path("index").asInt()).isEqualTo(1);
        assertThat(refusal.path("code").asText()).isEqualTo(code);
        assertThat(refusal.path("detail").asText()).endsWith(".").doesNotContain("%", "Exception");
        assertThat(placedIds()).containsExactly("e-1", "e-2");
    }

    @Test
    void tellsAClientWhoseClockIsWrongWhatTimeItIs() {
        Answer answer = post(click().put("occurredAt", "3000-01-01T00:00:00Z"));

        assertThat(answer.at("/rejected/0/code")).isEqualTo("occurred-at-in-future");
        assertThat(Instant.parse(answer.at("/receivedAt"))).isEqualTo(NOW);
    }

    @Test
    void takesEventsOfTheOwnersTypes() {
        Answer answer =
                post(
                        Bodies.click("e-1").put("type", "try-on").put("value", 40),
                        Bodies.click("e-2").put("type", "own_3").put("value", 40));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.at("/rejected/0/code")).isEqualTo("unknown-type");
        assertThat(placed())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Interaction.class,
                        event -> assertThat(event.type().wireName()).isEqualTo("own_3"));
    }

    private Answer types(Map<String, String> headers) {
        return gateway.send(Gateway.request("GET", TYPES_ROUTE, headers));
    }

    @Test
    void listsTheTypesOfTheProductAndOfTheOwner() {
        Answer answer = types(Map.of());

        assertThat(answer.status()).isEqualTo(200);
        JsonNode all = answer.body().path("types");
        assertThat(all).hasSize(TYPES.all().size());
        assertThat(all.get(0).toString())
                .isEqualTo(
                        "{\"type\":\"view\",\"own\":false,\"value\":\"none\",\"target\":\"optional\",\"strength\":[[0.0,1.0]]}");
        assertThat(all.get(all.size() - 1).toString())
                .isEqualTo(
                        "{\"type\":\"try-on\",\"own\":true,\"value\":\"seconds\",\"least\":0.0,\"most\":86400.0,\"needsValue\":true,\"target\":\"required\",\"strength\":[[0.0,0.0],[60.0,3.0]]}");
        assertThat(answer.body().toString()).doesNotContain("own_");
    }

    @Test
    void doesNotSendTheTypesToAClientThatHasThem() {
        String tag = Objects.requireNonNull(types(Map.of()).headers().get("ETag"));

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            Answer answer = types(Map.of("If-None-Match", known));
            assertThat(answer.status()).as(known).isEqualTo(304);
            assertThat(answer.headers().get("ETag")).isEqualTo(tag);
        }
        for (String other : List.of("\"other\"", "", ",".repeat(500), tag.replace("\"", ""))) {
            assertThat(types(Map.of("If-None-Match", other)).status()).as(other).isEqualTo(200);
        }
    }

    @Test
    void saysSoAlsoWhereAllAreRefused() {
        Answer answer = post(click().put("type", "glance"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("accepted").asInt()).isZero();
        assertThat(answer.at("/rejected/0/eventId")).isEqualTo("bad");
        assertThat(stream.records()).isEmpty();
    }

    static Stream<Arguments> badRequests() {
        Object[] many = Collections.nCopies(600, Bodies.click("e")).toArray();
        Object[] large =
                IntStream.range(0, 20)
                        .mapToObj(i -> Bodies.click("e-" + i).put("x", "a".repeat(30_000)))
                        .toArray();
        Object[] small = IntStream.range(0, 501).mapToObj(i -> "{}").toArray();
        return Stream.of(
                Arguments.of(400, "not-json", "hello"),
                Arguments.of(400, "not-json", "{\"events\":[{}"),
                Arguments.of(400, "not-json", ""),
                Arguments.of(400, "no-events", "{}"),
                Arguments.of(400, "no-events", "[]"),
                Arguments.of(400, "too-many-events", Bodies.of(many)),
                Arguments.of(400, "too-many-events", Bodies.of(small)),
                Arguments.of(400, "json-out-of-bounds", Bodies.of("[".repeat(10_000))),
                Arguments.of(413, "body-too-large", Bodies.of(large)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badRequests")
    void refusesARequestThatCannotBeTaken(int status, String code, String body) {
        Answer answer = gateway.post(ROUTE, body);

        answer.assertProblem(status, code);
        assertThat(answer.headers()).containsEntry("Content-Type", Problem.CONTENT_TYPE);
        assertThat(answer.at("/detail")).endsWith(".");
        assertThat(answer.body().toString()).doesNotContain("Exception", ".java", "jackson");
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void refusesOtherContentTypes() {
        ObjectNode request = Gateway.request("POST", ROUTE, Map.of("content-type", "text/plain"));

        Answer answer = gateway.send(request.put("body", Bodies.of(Bodies.click("e-1"))));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void takesBackWhatAResponseShowed() {
        String token =
                new ExposureToken(
                                "rec-1",
                                "home",
                                List.of(),
                                3,
                                NOW.minusSeconds(120),
                                List.of(new ExposureToken.Shown("item-1", 1, 1)))
                        .sign(TestFunctions.SECRET.derive(Signer.EXPOSURE));

        Answer answer =
                post(
                        Bodies.click("e-1").put("exposure", token),
                        Bodies.click("e-2").put("type", "impression").put("exposure", token));

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(placed().getLast())
                .isInstanceOfSatisfying(
                        Event.Impression.class,
                        shown -> {
                            assertThat(shown.placement()).isEqualTo("home");
                            assertThat(shown.itemIds()).containsExactly("item-1");
                        });
    }

    private Answer importing(String permit, int events) {
        Object[] old =
                IntStream.range(0, events)
                        .mapToObj(
                                i ->
                                        Bodies.click("e-" + i)
                                                .put("occurredAt", "2016-03-14T09:00:00Z"))
                        .toArray();
        ObjectNode request =
                Gateway.request(
                        "POST",
                        ROUTE,
                        Map.of("Content-Type", "application/json", ImportPermit.HEADER, permit));
        return gateway.send(request.put("body", Bodies.of(old)));
    }

    @Test
    void aPermitLetsHistoryInAtAnyRate() {
        String permit =
                new ImportPermit(NOW.plusSeconds(60), Instant.parse("2016-01-01T00:00:00Z"))
                        .sign(TestFunctions.SECRET.derive(Signer.IMPORT_PERMIT));

        assertThat(importing(permit, 400).body().path("accepted").asInt()).isEqualTo(400);
    }

    @Test
    void aPermitThatIsForgedOrOverIsForbidden() {
        String forged =
                new ImportPermit(NOW.plusSeconds(60), Instant.EPOCH).sign(TestFunctions.SECRET);
        String over =
                new ImportPermit(NOW.minusSeconds(60), Instant.EPOCH)
                        .sign(TestFunctions.SECRET.derive(Signer.IMPORT_PERMIT));

        for (String permit : List.of(forged, over, "x")) {
            Answer answer = importing(permit, 1);
            answer.assertProblem(403, "import-permit-invalid");
        }
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void aBotIsHeldToItsRateAndNobodyElseIs() {
        Object[] flood = Collections.nCopies(400, Bodies.click("e")).toArray();

        assertThat(post(flood).body().path("accepted").asInt()).isEqualTo(RateLimit.BURST);
        assertThat(post(Bodies.click("e").put("userId", "another")).body().path("accepted").asInt())
                .isEqualTo(1);
    }

    @Test
    void namesWhatTheStreamDidNotTake() {
        EventLog lame =
                entries ->
                        IntStream.range(0, entries.size())
                                .filter(
                                        i ->
                                                entries.size() == 1
                                                        || entries.get(i)
                                                                .partitionKey()
                                                                .equals("reader-2"))
                                .boxed()
                                .toList();

        Answer answer =
                gateway(lame)
                        .post(
                                ROUTE,
                                Bodies.of(
                                        Bodies.click("e-1"),
                                        click().put("type", "glance"),
                                        Bodies.click("e-2").put("userId", "reader-2")));

        answer.assertProblem(503, "events-not-stored");
        assertThat(answer.headers()).containsKey("Retry-After");
        assertThat(answer.body().path("notStored").toString()).isEqualTo("[2]");
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(answer.body().at("/rejected/0/index").asInt()).isEqualTo(1);
    }

    @Test
    void onceTheStreamRefusesMoreIsTurnedAwayBeforeAnyOfItIsPut() {
        AtomicInteger puts = new AtomicInteger();
        Gateway full =
                gateway(
                        entries -> {
                            puts.incrementAndGet();
                            return IntStream.range(0, entries.size()).boxed().toList();
                        });
        Answer first = full.post(ROUTE, Bodies.of(Bodies.click("e-1")));
        int before = puts.get();

        Answer second = full.post(ROUTE, Bodies.of(Bodies.click("e-1")));

        assertThat(first.status()).isEqualTo(503);
        second.assertProblem(429, "overloaded");
        assertThat(Integer.parseInt(second.headers().get("Retry-After"))).isBetween(1, 30);
        assertThat(puts).hasValue(before);
        assertThat(lines.getLast()).contains("\"Shed\":1");
    }

    @Test
    void takesTheCountryFromTheEdge() {
        gateway.send(fromBrazil());

        assertThat(placed().getFirst().header().context().country()).isEqualTo("BR");
        assertThat(placed().getFirst().header().context().region()).isEqualTo("SP");
    }

    @Test
    void withoutAnEdgeTheCountryHeaderOfACallerIsNotBelieved() {
        gateway(stream, new ViewerLocation(false)).send(fromBrazil());

        assertThat(placed().getFirst().header().context()).isEqualTo(Context.UNKNOWN);
    }

    private static ObjectNode fromBrazil() {
        return Gateway.request(
                        "POST",
                        ROUTE,
                        Map.of(
                                "Content-Type", "application/json",
                                "CloudFront-Viewer-Country", "BR",
                                "CloudFront-Viewer-Country-Region", "SP"))
                .put("body", Bodies.of(Bodies.click("e-1")));
    }

    /** An anonymous id with the least number of characters. */
    private static final String VISITOR = "anon-0123456789abcdefghijkl";

    private static final Caller PAGE = new Caller.Publishable(Gateway.KEY_ID, List.of());
    private static final Caller ANN =
            new Caller.User("ann", Gateway.KEY_ID, Gateway.AT.plusSeconds(600));

    private static ObjectNode of(String id, String member, String user) {
        ObjectNode event = Bodies.click(id);
        event.remove(List.of("userId", "anonymousId"));
        return event.put(member, user);
    }

    @Test
    void aPageSendsWhatAnonymousUsersDid() {
        Answer answer = as(PAGE, of("e-1", "anonymousId", VISITOR));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(placedIds()).containsExactly("e-1");
    }

    @Test
    void aPageNamesNoAnonymousIdThatCouldBeGuessed() {
        for (String id : List.of("anon-", "anon-1", VISITOR.substring(0, VISITOR.length() - 1))) {
            Answer answer = as(PAGE, of("e-1", "anonymousId", id));
            answer.assertProblem(403, "not-your-anonymous-id");
            assertThat(answer.at("/detail")).contains("22");
        }
        assertThat(stream.records()).isEmpty();
        assertThat(post(of("e-1", "anonymousId", "anon-1")).status())
                .as("a server may name every id")
                .isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias", ".", "..", " "})
    void anIdThatNoPathCanNameIsRefused(String id) {
        for (String member : List.of("userId", "anonymousId")) {
            Answer answer = post(of("e-1", member, id));
            assertThat(answer.body().path("accepted").asInt()).as(member).isZero();
            assertThat(answer.at("/rejected/0/code")).isEqualTo("malformed-id");
        }
    }

    @Test
    void oneEventOfAUserRefusesAPagesRequestAsAWhole() {
        Answer answer = as(PAGE, of("e-1", "anonymousId", VISITOR), of("e-2", "userId", "ann"));

        answer.assertProblem(403, "not-your-anonymous-id");
        assertThat(answer.body().toString()).doesNotContain("ann\"", "e-2", Gateway.KEY_ID);
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void aPageReportsOfThreeAnonymousUsersInARequestAndAServerOfAnyNumber() {
        Gateway page = gateway.as(PAGE);
        String three =
                Bodies.of(
                        of("e-1", "anonymousId", VISITOR + "1"),
                        of("e-2", "anonymousId", VISITOR + "2"),
                        of("e-3", "anonymousId", VISITOR + "1"),
                        of("e-4", "anonymousId", VISITOR + "3"));
        String four =
                Bodies.of(
                        of("e-5", "anonymousId", VISITOR + "1"),
                        of("e-6", "anonymousId", VISITOR + "2"),
                        of("e-7", "anonymousId", VISITOR + "3"),
                        of("e-8", "anonymousId", VISITOR + "4"));

        assertThat(page.post(ROUTE, three).status()).isEqualTo(202);
        Answer refused = page.post(ROUTE, four);
        refused.assertProblem(400, "too-many-anonymous-ids");
        assertThat(placedIds()).containsExactly("e-1", "e-2", "e-3", "e-4");
        assertThat(gateway.post(ROUTE, four).status()).isEqualTo(202);
    }

    @Test
    void aPagePassesNobodyOffAsAnonymousNorHidesAUserBesideOne() {
        assertThat(as(PAGE, of("e-1", "anonymousId", "ann")).code())
                .isEqualTo("not-your-anonymous-id");
        assertThat(as(PAGE, of("e-2", "anonymousId", VISITOR).put("userId", "ann")).code())
                .isEqualTo("not-your-anonymous-id");
        assertThat(as(PAGE, of("e-3", "anonymousId", VISITOR).put("userId", 7)).status())
                .isEqualTo(403);
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void aUserSendsItsOwnEventsAndNobodyElses() {
        assertThat(as(ANN, of("e-1", "userId", "ann")).status()).isEqualTo(202);
        assertThat(as(ANN, of("e-2", "userId", "ann"), of("e-3", "userId", "bob")).code())
                .isEqualTo("not-your-user");
        assertThat(placedIds()).containsExactly("e-1");
    }
}
