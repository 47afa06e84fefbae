package dev.freshet.functions;

import static dev.freshet.functions.Gateway.PAGE;
import static dev.freshet.functions.Gateway.VISITOR;
import static dev.freshet.testkit.Bodies.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Value;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.ingest.EventLog;
import dev.freshet.ingest.Submission;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.memory.MemoryEventLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollectHandlerTest {
    private static final String ROUTE = "/v1/events";
    private static final EventTypes TYPES =
            EventTypes.parse(
                    """
                    {"try-on": {"slot": 3, "value": "seconds", "strength": [[0, 0], [60, 3]]}}
                    """);

    private final MemoryEventLog stream = new MemoryEventLog();
    private final List<String> lines = new ArrayList<>();
    private final Gateway gateway = gateway(stream, new ViewerLocation(true));

    private Gateway gateway(EventLog log, ViewerLocation location) {
        Metrics metrics = new Metrics(Map.of("Stack", "test-default"), () -> NOW, lines::add);
        return new Gateway(TestFunctions.collect(log, TYPES, location, metrics, () -> NOW));
    }

    private Answer post(Object... events) {
        return gateway.post(ROUTE, Bodies.of(events));
    }

    private Answer as(Caller caller, Object... events) {
        return gateway.as(caller).post(ROUTE, Bodies.of(events));
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
        post(Bodies.click("e-1"), Bodies.click("e-2"))
                .assertHas(
                        """
                        202
                        body = {"accepted":2,"rejected":[],"receivedAt":"%s"}
                        """
                                .formatted(NOW));
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

    @Test
    void refusesABadEventAndLosesNothingBesideIt() {
        post(Bodies.click("e-1"), click().put("type", "glance"), Bodies.click("e-2"))
                .assertHas(
                        """
                        202
                        /accepted = 2
                        #/rejected = 1
                        /rejected/0/index = 1
                        /rejected/0/eventId = bad
                        /rejected/0/code = unknown-type
                        /receivedAt = %s
                        """
                                .formatted(NOW));
        assertThat(placedIds()).containsExactly("e-1", "e-2");
    }

    @Test
    void takesEventsOfTheOwnersTypes() {
        post(
                        Bodies.click("e-1").put("type", "try-on").put("value", 40),
                        Bodies.click("e-2").put("type", "own_3").put("value", 40))
                .assertHas(
                        """
                        /accepted = 1
                        /rejected/0/code = unknown-type
                        """);
        assertThat(placed())
                .singleElement()
                .isInstanceOfSatisfying(
                        Event.Interaction.class,
                        event -> assertThat(event.type().wireName()).isEqualTo("own_3"));
    }

    private Answer types(String headers) {
        return gateway.ask("GET /v1/event-types" + headers);
    }

    @Test
    void listsTheTypesOfTheProductAndOfTheOwner() {
        Answer answer = types("");

        answer.assertHas(
                """
                200
                #/types = %d
                /types/0 = {"type":"view","own":false,"value":"none","target":"optional","strength":[[0.0,1.0]]}
                /types/%d = {"type":"try-on","own":true,"value":"seconds","least":0.0,"most":86400.0,\
                "needsValue":true,"target":"required","strength":[[0.0,0.0],[60.0,3.0]]}
                """
                        .formatted(TYPES.all().size(), TYPES.all().size() - 1));
        assertThat(answer.body().toString()).doesNotContain("own_");
    }

    @Test
    void doesNotSendTheTypesToAClientThatHasThem() {
        String tag = Objects.requireNonNull(types("").headers().get("ETag"));

        for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag, "*")) {
            types("\nIf-None-Match: " + known).assertHas("304\nETag: " + tag);
        }
        for (String other : List.of("\"other\"", "", ",".repeat(500), tag.replace("\"", ""))) {
            types("\nIf-None-Match: " + other).assertHas("200");
        }
    }

    @Test
    void saysSoAlsoWhereAllAreRefused() {
        post(click().put("type", "glance")).assertHas("202", "/accepted = 0");
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void refusesARequestThatCannotBeTaken() {
        gateway.post(ROUTE, "{}").assertProblem(400, "no-events");
        gateway.post(ROUTE, Bodies.of("\"" + "a".repeat(Submission.MAX_BYTES) + "\""))
                .assertProblem(413, "body-too-large");
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

        post(
                        Bodies.click("e-1").put("exposure", token),
                        Bodies.click("e-2").put("type", "impression").put("exposure", token))
                .assertHas("/accepted = 2");
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
        return gateway.ask(
                "POST /v1/events\n" + ImportPermit.HEADER + ": " + permit, Bodies.of(old));
    }

    @Test
    void aPermitLetsHistoryInAtAnyRate() {
        String permit =
                new ImportPermit(NOW.plusSeconds(60), Instant.parse("2016-01-01T00:00:00Z"))
                        .sign(TestFunctions.SECRET.derive(Signer.IMPORT_PERMIT));

        importing(permit, 400).assertHas("/accepted = 400");
    }

    @Test
    void aPermitIsOfThisStackAndForServersOnly() {
        ImportPermit permit = new ImportPermit(NOW.plusSeconds(60), Instant.EPOCH);
        String genuine = permit.sign(TestFunctions.SECRET.derive(Signer.IMPORT_PERMIT));

        importing(permit.sign(TestFunctions.SECRET), 1).assertProblem(403, "import-permit-invalid");
        for (Caller untrusted : List.of(PAGE, Gateway.user("u-1"))) {
            gateway.as(untrusted)
                    .ask(
                            "POST /v1/events\n" + ImportPermit.HEADER + ": " + genuine,
                            Bodies.of(of("e-1", VISITOR)))
                    .assertProblem(403, "import-permit-invalid");
        }
        assertThat(stream.records()).isEmpty();
    }

    private static ObjectNode purchase(ObjectNode event) {
        event.put("type", "purchase")
                .putObject("value")
                .put("amount", 1_000_000_000)
                .put("currency", "CHF");
        return event;
    }

    @Test
    void anAmountThatAPublishableKeyTellsIsLeftOutWhichTheAnswerAndAMetricSay() {
        as(PAGE, purchase(of("e-1", VISITOR)), purchase(of("e-2", VISITOR)), of("e-3", VISITOR))
                .assertHas(
                        """
                        202
                        /accepted = 3
                        /amountsLeftOut = 2
                        """);

        assertThat(values()).containsOnly(Value.NONE).hasSize(3);
        assertThat(lines).singleElement().asString().contains("\"AmountsLeftOut\":2");
    }

    @Test
    void serversAndUsersTellTheirAmountsAndAUserNoneOfAnAnonymousOne() {
        post(purchase(Bodies.click("e-1"))).assertHas("/amountsLeftOut = -");
        as(Gateway.user("u-1"), purchase(of("e-2", "userId", "u-1")), purchase(of("e-3", VISITOR)))
                .assertHas("/amountsLeftOut = 1");

        Value paid = Value.money(1e9, "CHF");
        assertThat(values()).containsExactly(paid, paid, Value.NONE);
    }

    private List<Value> values() {
        return placed().stream().map(event -> ((Event.Interaction) event).value()).toList();
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
                gateway(lame, new ViewerLocation(true))
                        .post(
                                ROUTE,
                                Bodies.of(
                                        Bodies.click("e-1"),
                                        click().put("type", "glance"),
                                        Bodies.click("e-2").put("userId", "reader-2")));

        answer.assertHas(
                "503 events-not-stored",
                "/notStored = [2]",
                "/accepted = 1",
                "/rejected/0/index = 1");
        assertThat(answer.headers()).containsKey("Retry-After");
    }

    @Test
    void onceTheStreamRefusesMoreIsTurnedAwayBeforeAnyOfItIsPut() {
        AtomicInteger puts = new AtomicInteger();
        EventLog refusing =
                entries -> {
                    puts.incrementAndGet();
                    return IntStream.range(0, entries.size()).boxed().toList();
                };
        Gateway full = gateway(refusing, new ViewerLocation(true));
        full.post(ROUTE, Bodies.of(Bodies.click("e-1"))).assertHas("503 events-not-stored");
        int before = puts.get();

        Answer second = full.post(ROUTE, Bodies.of(Bodies.click("e-1")));

        second.assertProblem(429, "overloaded");
        assertThat(Integer.parseInt(second.headers().get("Retry-After"))).isBetween(1, 30);
        assertThat(puts).hasValue(before);
        assertThat(lines.getLast()).contains("\"Shed\":1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void takesTheCountryFromTheEdgeWhereThereIsOne(boolean edge) {
        gateway(stream, new ViewerLocation(edge))
                .ask(
                        """
                        POST /v1/events
                        CloudFront-Viewer-Country: BR
                        CloudFront-Viewer-Country-Region: SP\
                        """,
                        Bodies.of(Bodies.click("e-1")));

        Context context = placed().getFirst().header().context();
        if (edge) {
            assertThat(context.country()).isEqualTo("BR");
            assertThat(context.region()).isEqualTo("SP");
        } else {
            assertThat(context).isEqualTo(Context.UNKNOWN);
        }
    }

    private static ObjectNode of(String id, String member, String user) {
        ObjectNode event = Bodies.click(id);
        event.remove(List.of("userId", "anonymousId"));
        return event.put(member, user);
    }

    private static ObjectNode of(String id, String visitor) {
        return of(id, "anonymousId", visitor);
    }

    @Test
    void aPageNamesNoAnonymousIdThatCouldBeGuessed() {
        Answer answer = as(PAGE, of("e-1", "anon-1"));

        answer.assertProblem(403, "not-your-anonymous-id");
        assertThat(answer.at("/detail")).contains("22");
        assertThat(stream.records()).isEmpty();
        assertThat(post(of("e-1", "anon-1")).status())
                .as("a server may name every id")
                .isEqualTo(202);
    }

    @Test
    void oneEventOfAUserRefusesAPagesRequestAsAWhole() {
        Answer answer = as(PAGE, of("e-1", VISITOR), of("e-2", "userId", "ann"));

        answer.assertProblem(403, "not-your-anonymous-id");
        assertThat(answer.body().toString()).doesNotContain("ann\"", "e-2", Gateway.KEY_ID);
        as(PAGE, of("e-2", VISITOR).put("userId", "ann"))
                .assertProblem(403, "not-your-anonymous-id");
        assertThat(as(PAGE, of("e-3", VISITOR).put("userId", 7)).status()).isEqualTo(403);
        assertThat(stream.records()).isEmpty();
    }

    @Test
    void aPageReportsOfThreeAnonymousUsersInARequestAndAServerOfAnyNumber() {
        as(
                        PAGE,
                        of("e-1", VISITOR + 1),
                        of("e-2", VISITOR + 2),
                        of("e-3", VISITOR + 1),
                        of("e-4", VISITOR + 3))
                .assertHas("202");
        Object[] four =
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> of("e-" + (4 + i), VISITOR + i))
                        .toArray();
        as(PAGE, four).assertProblem(400, "too-many-anonymous-ids");
        assertThat(placedIds()).containsExactly("e-1", "e-2", "e-3", "e-4");
        post(four).assertHas("202");
    }

    @Test
    void aUserSendsItsOwnEventsAndNobodyElses() {
        Caller ann = Gateway.user("ann");
        as(ann, of("e-1", "userId", "ann")).assertHas("202");
        as(ann, of("e-2", "userId", "ann"), of("e-3", "userId", "bob"))
                .assertProblem(403, "not-your-user");
        assertThat(placedIds()).containsExactly("e-1");
    }
}
