package dev.freshet.ingest;

import static dev.freshet.testkit.Bodies.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ImportPermit;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.ingest.EventRule.Rejection;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.testkit.Bodies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

    private final EventCodec codec = new EventCodec();
    private final Signer signer = new Signer(Bodies.utf8("secret"));
    private final EventReader reader =
            new EventReader(
                    () -> signer,
                    new UserAgents(),
                    new RateLimit(),
                    UnaryOperator.identity(),
                    EventTypes.BUILT_IN);
    private final ExposureToken token =
            new ExposureToken(
                    "rec-1",
                    "home",
                    List.of(),
                    7,
                    NOW.minusSeconds(90),
                    List.of(
                            new ExposureToken.Shown("item-1", 1, 1),
                            new ExposureToken.Shown("item-2", 1, 1)));

    private EventReader.Reading read(
            String json, Optional<Instant> sentAt, ReceiptContext receipt) {
        try {
            Submission submission = Submission.open(Bodies.utf8(Bodies.of(json)));
            return reader.read(submission.parts().getFirst(), sentAt, receipt, new AgentQuota());
        } catch (MalformedJsonException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private EventReader.Reading read(ObjectNode json) {
        return read(json.toString(), Optional.empty(), ReceiptContext.at(NOW));
    }

    private static Event taken(EventReader.Reading reading) {
        assertThat(reading).isInstanceOf(EventReader.Reading.Accepted.class);
        return ((EventReader.Reading.Accepted) reading).event();
    }

    private Event taken(Consumer<ObjectNode> change) {
        return taken(read(changed(change)));
    }

    private static Rejection refused(EventReader.Reading reading) {
        assertThat(reading).isInstanceOf(EventReader.Reading.Rejected.class);
        return ((EventReader.Reading.Rejected) reading).rejection();
    }

    private String code(Consumer<ObjectNode> change) {
        return refused(read(changed(change))).code();
    }

    private static ObjectNode changed(Consumer<ObjectNode> change) {
        ObjectNode event = Bodies.click("e-1");
        change.accept(event);
        return event;
    }

    private EventReader.Reading readOfOwner(Consumer<ObjectNode> change) throws Exception {
        EventReader own =
                new EventReader(
                        () -> signer,
                        new UserAgents(),
                        new RateLimit(),
                        UnaryOperator.identity(),
                        EventTypes.parse(
                                """
                                {"try-on": {"slot": 3, "value": "seconds", "strength": 2},
                                 "gift": {"slot": 4, "value": "money", "strength": 2},
                                 "chat": {"slot": 5, "strength": 1, "target": "optional"}}
                                """));
        Submission submission = Submission.open(Bodies.utf8(Bodies.of(changed(change).toString())));
        return own.read(
                submission.parts().getFirst(),
                Optional.empty(),
                ReceiptContext.at(NOW),
                new AgentQuota());
    }

    @Test
    void takesAnEventOfATypeOfTheOwnerUnderItsSlot() throws Exception {
        assertThat(taken(readOfOwner(e -> e.put("type", "try-on").put("value", 12.5))))
                .isInstanceOfSatisfying(
                        Event.Interaction.class,
                        event -> {
                            assertThat(event.type()).isEqualTo(EventType.OWN_3);
                            assertThat(event.value()).isEqualTo(Value.of(ValueKind.NUMBER, 12.5));
                            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
                        });
        assertThat(taken(readOfOwner(e -> gift(e, 20, "EUR"))))
                .isInstanceOfSatisfying(
                        Event.Interaction.class,
                        event -> {
                            assertThat(event.value()).isEqualTo(Value.money(20, "EUR"));
                            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
                        });
        assertThat(taken(readOfOwner(e -> e.put("type", "chat").remove("itemId"))))
                .isInstanceOfSatisfying(
                        Event.Interaction.class,
                        event -> {
                            assertThat(event.target().kind()).isEqualTo(Target.Kind.NONE);
                            assertThat(event.value()).isEqualTo(Value.NONE);
                        });
        assertThat(taken(readOfOwner(e -> e.put("type", "try-on").put("retracts", "e-0"))))
                .isInstanceOfSatisfying(
                        Event.Retraction.class,
                        event -> assertThat(event.type()).isEqualTo(EventType.OWN_3));
    }

    private static void gift(ObjectNode event, double amount, String currency) {
        event.put("type", "gift")
                .putObject("value")
                .put("amount", amount)
                .put("currency", currency);
    }

    @Test
    void refusesAnEventThatIsNotAsItsOwnerDefinedItsType() throws Exception {
        assertThat(refused(readOfOwner(e -> e.put("type", "try-on"))).code())
                .isEqualTo("missing-value");
        assertThat(refused(readOfOwner(e -> e.put("type", "try-on").put("value", -1))).detail())
                .contains("try-on")
                .contains("0 to 86400 seconds");
        assertThat(refused(readOfOwner(e -> e.put("type", "chat").put("value", 1))).code())
                .isEqualTo("unexpected-value");
        assertThat(refused(readOfOwner(e -> gift(e, 2e9, "EUR"))).code())
                .isEqualTo("value-out-of-range");
        assertThat(refused(readOfOwner(e -> e.put("type", "gift").remove("itemId"))).code())
                .isEqualTo("missing-target");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own_3", "own_4", "own_16", "Try-on", "try-on ", "__proto__"})
    void refusesTypesThatNobodyHasDefined(String type) throws Exception {
        assertThat(refused(readOfOwner(e -> e.put("type", type))).code()).isEqualTo("unknown-type");
        assertThat(code(e -> e.put("type", type))).isEqualTo("unknown-type");
    }

    @Test
    void takesAClickAsItIs() {
        assertThat(taken(read(Bodies.click("e-1"))))
                .isEqualTo(
                        new Event.Interaction(
                                new EventHeader(
                                        "e-1",
                                        UserIdentity.user("reader-1"),
                                        null,
                                        new EventTimes(
                                                NOW.minusSeconds(60), NOW.minusSeconds(60), NOW),
                                        null,
                                        Context.UNKNOWN,
                                        null,
                                        Map.of(),
                                        null,
                                        null),
                                EventType.CLICK,
                                Target.item("item-1"),
                                Value.NONE));
    }

    @Test
    void passesOverMembersThatItDoesNotKnow() {
        assertThat(taken(e -> e.put("later", 1).putNull("value"))).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "eventId, missing-event-id",
        "userId, missing-user",
        "type, missing-type",
        "occurredAt, missing-occurred-at",
        "itemId, missing-target"
    })
    void refusesAnEventThatLacks(String member, String code) {
        assertThat(code(e -> e.remove(member))).isEqualTo(code);
        assertThat(code(e -> e.putNull(member))).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventId", "userId", "anonymousId", "sessionId", "itemId"})
    void refusesIdsThatAreNone(String member) {
        for (String id :
                List.of(
                        "",
                        "a".repeat(129),
                        "\ud800",
                        "a\udc00b",
                        "\ude00\ud83d",
                        "a\nb",
                        "\u0000",
                        " \u2003",
                        ".",
                        "..")) {
            Rejection refusal = refused(read(changed(e -> e.put(member, id))));
            assertThat(refusal.code()).isEqualTo("malformed-id");
            assertThat(refusal.detail()).startsWith(member);
            assertThat(refusal.eventId()).isEqualTo(member.equals("eventId") ? null : "e-1");
        }
        assertThat(code(e -> e.put(member, 7))).isEqualTo("malformed-id");
    }

    @Test
    void takesIdsOf128CharactersInAnyScript() {
        String id = "\ud83d\ude00".repeat(64);

        assertThat(taken(e -> e.put("userId", id)).header().user().id()).isEqualTo(id);
    }

    @Test
    void keepsTheIdAsSentAndBothIds() {
        UserIdentity both = taken(e -> e.put("anonymousId", "a-1")).header().user();

        assertThat(both).isEqualTo(new UserIdentity("reader-1", "a-1"));
        assertThat(both.id()).isEqualTo("reader-1");
    }

    @Test
    void refusesUnknownTypes() {
        assertThat(code(e -> e.put("type", "glance"))).isEqualTo("unknown-type");
        assertThat(code(e -> e.put("type", "CLICK"))).isEqualTo("unknown-type");
        assertThat(code(e -> e.putObject("type"))).isEqualTo("unknown-type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-03-01",
                "2026-03-01T11:00:00",
                "2026-02-30T11:00:00Z",
                "1772366400"
            })
    void refusesTimesThatAreNone(String time) {
        assertThat(code(e -> e.put("occurredAt", time))).isEqualTo("malformed-time");
        assertThat(code(e -> e.put("sentAt", time))).isEqualTo("malformed-time");
    }

    @Test
    void refusesTimesAsNumbers() {
        assertThat(code(e -> e.put("occurredAt", 1772366400))).isEqualTo("malformed-time");
    }

    @Test
    void refusesOlderThanSevenDaysAndMoreThanFiveMinutesAhead() {
        assertThat(at(NOW.minus(Duration.ofDays(7)))).isEmpty();
        assertThat(at(NOW.minus(Duration.ofDays(7)).minusMillis(1)))
                .contains("occurred-at-too-old");
        assertThat(at(NOW.plusSeconds(300))).isEmpty();
        assertThat(at(NOW.plusSeconds(301))).contains("occurred-at-in-future");
        assertThat(at(Instant.parse("3000-01-01T00:00:00Z"))).contains("occurred-at-in-future");
    }

    private Optional<String> at(Instant occurredAt) {
        EventReader.Reading reading =
                read(changed(e -> e.put("occurredAt", occurredAt.toString())));
        return reading instanceof EventReader.Reading.Rejected(Rejection refusal)
                ? Optional.of(refusal.code())
                : Optional.empty();
    }

    @Test
    void aYear3000ClockIsNotBelieved() {
        assertThat(
                        code(
                                e ->
                                        e.put("occurredAt", "3000-01-01T00:00:00Z")
                                                .put("sentAt", "3000-01-01T00:00:01Z")))
                .isEqualTo("occurred-at-in-future");
    }

    @Test
    void correctsTheClockBesideTheTimeAsSent() {
        Instant occurredAt = NOW.plus(Duration.ofHours(1));
        EventHeader header =
                taken(
                                e ->
                                        e.put("occurredAt", occurredAt.toString())
                                                .put(
                                                        "sentAt",
                                                        occurredAt.plusSeconds(10).toString()))
                        .header();

        assertThat(header.occurredAt()).isEqualTo(occurredAt);
        assertThat(header.correctedAt()).isEqualTo(NOW.minusSeconds(10));
    }

    @Test
    void correctsByTheRequestsTimeOfSending() {
        Event event =
                taken(
                        read(
                                Bodies.click("e-1").toString(),
                                Optional.of(NOW.minusSeconds(30)),
                                ReceiptContext.at(NOW)));

        assertThat(event.header().correctedAt()).isEqualTo(NOW.minusSeconds(30));
    }

    @Test
    void nothingHappensAfterItWasReceived() {
        EventHeader header =
                taken(e -> e.put("occurredAt", NOW.plusSeconds(200).toString())).header();

        assertThat(header.occurredAt()).isEqualTo(NOW.plusSeconds(200));
        assertThat(header.correctedAt()).isEqualTo(NOW);
    }

    @Test
    void aPermitLetsHistoryInDownToItsOldestTime() {
        ReceiptContext receipt =
                ReceiptContext.importing(
                        NOW,
                        new ImportPermit(
                                NOW.plusSeconds(1), Instant.parse("2016-01-01T00:00:00Z")));
        ObjectNode old = Bodies.click("e-1").put("occurredAt", "2016-03-01T00:00:00Z");
        ObjectNode older = Bodies.click("e-1").put("occurredAt", "2015-12-31T23:59:59Z");

        assertThat(taken(read(old.toString(), Optional.empty(), receipt))).isNotNull();
        assertThat(refused(read(older.toString(), Optional.empty(), receipt)).code())
                .isEqualTo("occurred-at-too-old");
    }

    @ParameterizedTest
    @CsvSource({
        "dwell, null, missing-value",
        "dwell, '\"12\"', malformed-value",
        "dwell, NaN, value-not-finite",
        "dwell, Infinity, value-not-finite",
        "dwell, -Infinity, value-not-finite",
        "dwell, 1e999, value-not-finite",
        "dwell, -1, value-out-of-range",
        "dwell, 86401, value-out-of-range",
        "rating, 0, value-out-of-range",
        "rating, 5.5, value-out-of-range",
        "scroll, 101, value-out-of-range",
        "play, true, malformed-value",
        "purchase, 9.99, malformed-value",
        "purchase, '{\"amount\": 9}', malformed-value",
        "purchase, '{\"amount\": 9, \"currency\": \"euro\"}', malformed-value",
        "purchase, '{\"amount\": NaN, \"currency\": \"EUR\"}', value-not-finite",
        "purchase, '{\"amount\": -1, \"currency\": \"EUR\"}', value-out-of-range",
        "purchase, '{\"currency\": \"EUR\"}', malformed-value",
        "like, 1, unexpected-value"
    })
    void refusesValuesThatTheTypeCannotHave(String type, String value, String code) {
        String json =
                Bodies.click("e-1")
                        .put("type", type)
                        .put("value", "@")
                        .toString()
                        .replace("\"@\"", value);

        assertThat(refused(read(json, Optional.empty(), ReceiptContext.at(NOW))).code())
                .isEqualTo(code);
    }

    @Test
    void takesValuesInTheUnitOfTheType() {
        assertThat(taken(e -> e.put("type", "rating").put("value", 0.5)))
                .extracting(e -> ((Event.Interaction) e).value())
                .isEqualTo(Value.of(ValueKind.STARS, 0.5));
        Event bought =
                taken(
                        e ->
                                e.put("type", "purchase")
                                        .putObject("value")
                                        .put("amount", 9)
                                        .put("currency", "EUR"));
        assertThat(((Event.Interaction) bought).value()).isEqualTo(Value.money(9, "EUR"));
    }

    @Test
    void readsTargetsOfEveryKind() {
        Event follow =
                taken(
                        e -> {
                            e.remove("itemId");
                            e.put("type", "follow")
                                    .putObject("target")
                                    .put("kind", "author")
                                    .put("id", "a-1");
                        });
        assertThat(((Event.Interaction) follow).target())
                .isEqualTo(new Target(Target.Kind.AUTHOR, "a-1"));
        Event page =
                taken(
                        e -> {
                            e.remove("itemId");
                            e.put("type", "view").putObject("target").put("kind", "none");
                        });
        assertThat(((Event.Interaction) page).target()).isEqualTo(Target.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "7",
                "{\"kind\": \"planet\", \"id\": \"x\"}",
                "{\"kind\": \"author\"}",
                "{\"kind\": \"none\", \"id\": \"x\"}",
                "{\"kind\": \"item\", \"id\": \"another\"}"
            })
    void refusesTargetsThatAreNone(String target) {
        String json = Bodies.click("e-1").put("target", "@").toString().replace("\"@\"", target);

        assertThat(refused(read(json, Optional.empty(), ReceiptContext.at(NOW))).code())
                .isEqualTo("malformed-target");
    }

    @Test
    void readsARetraction() {
        Event undone = taken(e -> e.put("type", "like").put("retracts", "e-0"));

        assertThat(undone)
                .isInstanceOfSatisfying(
                        Event.Retraction.class,
                        r -> {
                            assertThat(r.retracts()).isEqualTo("e-0");
                            assertThat(r.type()).isEqualTo(EventType.LIKE);
                        });
        assertThat(code(e -> e.put("retracts", "e-1"))).isEqualTo("malformed-retraction");
        assertThat(code(e -> e.put("retracts", 5))).isEqualTo("malformed-id");
        assertThat(code(e -> e.put("type", "impression").put("retracts", "e-0")))
                .isEqualTo("malformed-retraction");
    }

    @Test
    void readsAnImpressionFromItsItemsOrItsToken() {
        Event listed =
                taken(
                        e ->
                                e.put("type", "impression")
                                        .put("placement", "home")
                                        .putArray("items")
                                        .add("x")
                                        .add("y"));
        Event echoed = taken(e -> e.put("type", "impression").put("exposure", token.sign(signer)));

        assertThat(((Event.Impression) listed).itemIds()).containsExactly("x", "y");
        assertThat(((Event.Impression) listed).placement()).isEqualTo("home");
        assertThat(((Event.Impression) echoed).itemIds()).containsExactly("item-1", "item-2");
        assertThat(((Event.Impression) echoed).placement()).isEqualTo("home");
    }

    @Test
    void refusesImpressionsOfNothingOrTooMuch() {
        assertThat(code(e -> e.put("type", "impression"))).isEqualTo("missing-items");
        assertThat(
                        code(
                                e -> {
                                    var items = e.put("type", "impression").putArray("items");
                                    for (int i = 0; i < 101; i++) {
                                        items.add("i-" + i);
                                    }
                                }))
                .isEqualTo("too-many-items");
        assertThat(code(e -> e.put("type", "impression").putArray("items").add("\ud800")))
                .isEqualTo("malformed-id");
    }

    @Test
    void refusesForgedAndExpiredTokens() {
        String genuine = token.sign(signer);
        String forged = (genuine.startsWith("A") ? "B" : "A") + genuine.substring(1);
        String old =
                new ExposureToken(
                                "r",
                                "home",
                                List.of(),
                                1,
                                NOW.minus(Duration.ofDays(8)),
                                token.items())
                        .sign(signer);

        assertThat(code(e -> e.put("exposure", forged))).isEqualTo("exposure-forged");
        assertThat(code(e -> e.put("exposure", 7))).isEqualTo("exposure-forged");
        assertThat(
                        code(
                                e ->
                                        e.put("exposure", token.sign(signer.derive("another")))
                                                .put("type", "impression")))
                .isEqualTo("exposure-forged");
        assertThat(code(e -> e.put("exposure", old))).isEqualTo("exposure-expired");
    }

    @Test
    void refusesTokensOfAnotherList() {
        String genuine = token.sign(signer);

        assertThat(taken(e -> e.put("exposure", genuine)).header().exposure()).isEqualTo(genuine);
        assertThat(code(e -> e.put("exposure", genuine).put("itemId", "item-3")))
                .isEqualTo("exposure-mismatch");
        assertThat(
                        code(
                                e ->
                                        e.put("type", "impression")
                                                .put("exposure", genuine)
                                                .put("placement", "sidebar")))
                .isEqualTo("exposure-mismatch");
        assertThat(
                        code(
                                e ->
                                        e.put("type", "impression")
                                                .put("exposure", genuine)
                                                .putArray("items")
                                                .add("item-3")))
                .isEqualTo("exposure-mismatch");
    }

    @Test
    void turnsTheUserAgentIntoWordsAndForgetsIt() {
        Event own = taken(e -> e.putObject("context").put("userAgent", IPHONE));
        Event header =
                taken(
                        read(
                                Bodies.click("e-1").toString(),
                                Optional.empty(),
                                new ReceiptContext(
                                        NOW,
                                        Optional.of(IPHONE),
                                        Optional.of("BR"),
                                        Optional.of("SP"),
                                        Optional.empty(),
                                        Optional.empty())));

        for (Event event : List.of(own, header)) {
            Context context = event.header().context();
            assertThat(context.device()).isEqualTo("mobile");
            assertThat(context.os()).isEqualTo("iOS");
            assertThat(context.browser()).isEqualTo("Mobile Safari");
            assertThat(event.toString()).doesNotContain("AppleWebKit");
        }
        assertThat(header.header().context().country()).isEqualTo("BR");
        assertThat(header.header().context().region()).isEqualTo("SP");
    }

    @Test
    void theAgentOfASitesOwnServerReportsNothingOfAUser() {
        ReceiptContext server =
                new ReceiptContext(
                        NOW,
                        Optional.of("python-requests/2.32"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(taken(read(Bodies.click("e-1").toString(), Optional.empty(), server)).header())
                .extracting(EventHeader::context)
                .isEqualTo(Context.UNKNOWN);
    }

    @Test
    void whatTheEventSaysGoesBeforeTheHeaders() {
        ObjectNode event = Bodies.click("e-1");
        event.putObject("context").put("device", "tv").put("country", "pt");
        ReceiptContext receipt =
                new ReceiptContext(
                        NOW,
                        Optional.of(IPHONE),
                        Optional.of("BR"),
                        Optional.of("SP"),
                        Optional.empty(),
                        Optional.empty());

        Context context =
                taken(read(event.toString(), Optional.empty(), receipt)).header().context();

        assertThat(context.device()).isEqualTo("tv");
        assertThat(context.browser()).isNull();
        assertThat(context.country()).isEqualTo("PT");
        assertThat(context.region()).isNull();
    }

    @Test
    void pagesLoseWhatMayBePersonal() {
        Event event =
                taken(
                        e ->
                                e.putObject("context")
                                        .put("page", "/a/b?email=x@y.z#top")
                                        .put("referrer", "https://u:p@site.example/x?q=1"));

        assertThat(event.header().context().page()).isEqualTo("/a/b");
        assertThat(event.header().context().referrer()).isEqualTo("https://site.example/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "{\"country\": \"Brazil\"}",
                "{\"localHour\": 24}",
                "{\"localHour\": 1.5}",
                "{\"localHour\": \"12\"}",
                "{\"device\": 7}",
                "{\"os\": \"\\ud800\"}",
                "{\"locale\": \"a\\u0007\"}"
            })
    void refusesContextThatIsNone(String context) {
        String json = Bodies.click("e-1").put("context", "@").toString().replace("\"@\"", context);

        assertThat(refused(read(json, Optional.empty(), ReceiptContext.at(NOW))).code())
                .isEqualTo("malformed-context");
    }

    @Test
    void boundsProperties() {
        assertThat(
                        taken(
                                        e ->
                                                e.putObject("properties")
                                                        .put("s", "t")
                                                        .put("n", 1.5)
                                                        .put("b", true)
                                                        .putNull("nothing"))
                                .header()
                                .properties())
                .isEqualTo(Map.of("s", "t", "n", "1.5", "b", "true"));
        assertThat(code(e -> e.put("properties", 7))).isEqualTo("malformed-properties");
        assertThat(code(e -> e.putObject("properties").putObject("x")))
                .isEqualTo("malformed-properties");
        assertThat(code(e -> e.putObject("properties").put("x", "\ud800")))
                .isEqualTo("malformed-properties");
        assertThat(code(e -> e.putObject("properties").put("x", "a".repeat(8200))))
                .isEqualTo("properties-too-large");
        assertThat(
                        code(
                                e -> {
                                    ObjectNode many = e.putObject("properties");
                                    for (int i = 0; i < 33; i++) {
                                        many.put("p" + i, i);
                                    }
                                }))
                .isEqualTo("too-many-properties");
    }

    @Test
    void readsConsent() {
        assertThat(
                        taken(e -> e.putObject("consent").put("personalisation", false))
                                .header()
                                .consent())
                .isEqualTo(new Consent(false, true));
        assertThat(code(e -> e.putObject("consent").put("personalisation", "no")))
                .isEqualTo("malformed-consent");
        assertThat(code(e -> e.put("consent", true))).isEqualTo("malformed-consent");
    }

    @Test
    void takesAnImpressionOfAHundredOfTheLongestIdsWithItsToken() {
        List<String> ids =
                IntStream.range(0, 100).mapToObj(i -> "\u5b57".repeat(125) + (100 + i)).toList();
        ExposureToken longest =
                new ExposureToken(
                        "0".repeat(32),
                        "\u5b57".repeat(128),
                        List.of(),
                        1,
                        NOW,
                        ids.stream().map(id -> new ExposureToken.Shown(id, 1, 1)).toList());
        String text = longest.sign(signer);

        Event listed =
                taken(
                        e -> {
                            e.put("type", "impression").put("exposure", text);
                            ids.forEach(e.putArray("items")::add);
                        });
        Event bare = taken(e -> e.put("type", "impression").put("exposure", text));
        Event click = taken(e -> e.put("itemId", ids.getLast()).put("exposure", text));

        assertThat(listed)
                .isInstanceOfSatisfying(
                        Event.Impression.class, i -> assertThat(i.itemIds()).isEqualTo(ids));
        assertThat(new EventCodec().decode(new EventCodec().encode(bare))).isEqualTo(bare);
        assertThat(new EventCodec().decode(new EventCodec().encode(listed))).isEqualTo(listed);
        assertThat(new EventCodec().decode(new EventCodec().encode(click))).isEqualTo(click);
    }

    @Test
    void refusesAnEventOf90Kilobytes() {
        assertThat(code(e -> e.putObject("context").put("page", "a".repeat(90 << 10))))
                .isEqualTo("event-too-large");
    }

    @Test
    void refusesDeepNesting() {
        String json =
                Bodies.click("e-1")
                        .put("x", "@")
                        .toString()
                        .replace("\"@\"", "[".repeat(20) + "]".repeat(20));

        assertThat(refused(read(json, Optional.empty(), ReceiptContext.at(NOW))).code())
                .isEqualTo("event-too-deep");
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(refused(read("[1]", Optional.empty(), ReceiptContext.at(NOW))).code())
                .isEqualTo("event-not-an-object");
    }

    @Test
    void aUserMaySend300EventsAtOnceAndOneMoreAfterAFifthOfASecond() {
        for (int i = 0; i < RateLimit.BURST; i++) {
            taken(read(Bodies.click("e-" + i)));
        }
        assertThat(code(e -> {})).isEqualTo("rate-exceeded");
        assertThat(taken(e -> e.put("userId", "another"))).isNotNull();
        assertThat(
                        taken(
                                read(
                                        Bodies.click("e-1").toString(),
                                        Optional.empty(),
                                        ReceiptContext.at(NOW.plusMillis(200)))))
                .isNotNull();
    }

    @Test
    void badEventsUseUpNoRate() {
        for (int i = 0; i < 2 * RateLimit.BURST; i++) {
            code(e -> e.put("type", "glance"));
        }
        assertThat(taken(e -> {})).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleStandsInTheDocumentation(EventRule rule) throws Exception {
        assertThat(Files.readString(Path.of("../../docs/events.md")))
                .contains("`" + rule.code() + "`");
    }
}
