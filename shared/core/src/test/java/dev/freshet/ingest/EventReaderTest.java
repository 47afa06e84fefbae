package dev.freshet.ingest;

import static dev.freshet.testkit.Bodies.NOW;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
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
import dev.freshet.model.Components;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.TerseJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                    + " like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";
    private static final ReceiptContext FROM_IPHONE =
            receipt(IPHONE, Optional.of("BR"), Optional.of("SP"));

    private final EventCodec codec = new EventCodec();
    private final Signer signer = new Signer(Bodies.utf8("secret"));
    private final EventReader reader = reader(EventTypes.BUILT_IN);
    private final EventReader ofOwner =
            reader(
                    EventTypes.parse(
                            """
                            {"try-on": {"slot": 3, "value": "seconds", "strength": 2},
                             "gift": {"slot": 4, "value": "money", "strength": 2},
                             "chat": {"slot": 5, "strength": 1, "target": "optional"}}
                            """));
    private final ExposureToken token =
            ExposureTokens.list("rec-1", "home", NOW.minusSeconds(90), List.of("item-1", "item-2"));
    private final String genuine = token.sign(signer);

    private EventReader reader(EventTypes types) {
        return new EventReader(
                () -> signer, new UserAgents(), new RateLimit(), UnaryOperator.identity(), types);
    }

    private static ReceiptContext receipt(
            String agent, Optional<String> country, Optional<String> region) {
        return new ReceiptContext(
                NOW, Optional.of(agent), country, region, Optional.empty(), Optional.empty(), true);
    }

    private static EventReader.Reading read(
            EventReader by, Object json, Optional<Instant> sentAt, ReceiptContext receipt) {
        try {
            Submission submission = Submission.open(Bodies.utf8(Bodies.of(json)));
            return by.read(submission.parts().getFirst(), sentAt, receipt, new AgentQuota());
        } catch (MalformedJsonException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private EventReader.Reading read(Object json) {
        return read(json, ReceiptContext.at(NOW));
    }

    private EventReader.Reading read(Object json, ReceiptContext receipt) {
        return read(reader, json, Optional.empty(), receipt);
    }

    private EventReader.Reading readOfOwner(String members, String... absent) {
        return read(ofOwner, click(members, absent), Optional.empty(), ReceiptContext.at(NOW));
    }

    private static Event taken(EventReader.Reading reading) {
        assertThat(reading).isInstanceOf(EventReader.Reading.Accepted.class);
        return ((EventReader.Reading.Accepted) reading).event();
    }

    private Event taken(String members, String... absent) {
        return taken(read(click(members, absent)));
    }

    private Event.Interaction interaction(String members, String... absent) {
        return (Event.Interaction) taken(members, absent);
    }

    private static Rejection refused(EventReader.Reading reading) {
        assertThat(reading).isInstanceOf(EventReader.Reading.Rejected.class);
        Rejection rejection = ((EventReader.Reading.Rejected) reading).rejection();
        assertThat(rejection.detail()).endsWith(".").doesNotContain("%", "Exception");
        return rejection;
    }

    private String code(String members) {
        return refused(read(click(members))).code();
    }

    /**
     * Returns a click with these members, which are JSON without the quotes of names and with
     * single quotes around strings, and without the absent ones.
     */
    private static ObjectNode click(String members, String... absent) {
        try {
            return TerseJson.MAPPER
                    .readerForUpdating(Bodies.click("e-1").without(List.of(absent)))
                    .readValue("{" + members + "}");
        } catch (JsonProcessingException malformed) {
            throw new AssertionError(malformed);
        }
    }

    @Test
    void takesAnEventOfATypeOfTheOwnerUnderItsSlot() {
        var tried = (Event.Interaction) taken(readOfOwner("type: 'try-on', value: 12.5"));
        String money = "{amount: 20, currency: 'EUR'}";
        var gift = (Event.Interaction) taken(readOfOwner("type: 'gift', value: " + money));
        var chat = (Event.Interaction) taken(readOfOwner("type: 'chat'", "itemId"));
        var undone = (Event.Retraction) taken(readOfOwner("type: 'try-on', retracts: 'e-0'"));

        assertThat(tried.type()).isEqualTo(EventType.OWN_3);
        assertThat(tried.value()).isEqualTo(Value.of(ValueKind.NUMBER, 12.5));
        assertThat(gift.value()).isEqualTo(Value.money(20, "EUR"));
        assertThat(chat.target().kind()).isEqualTo(Target.Kind.NONE);
        assertThat(chat.value()).isEqualTo(Value.NONE);
        assertThat(undone.type()).isEqualTo(EventType.OWN_3);
        for (Event event : List.of(tried, gift)) {
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
        }
    }

    @Test
    void refusesAnEventThatIsNotAsItsOwnerDefinedItsType() {
        assertThat(
                        List.of(
                                readOfOwner("type: 'try-on'"),
                                readOfOwner("type: 'chat', value: 1"),
                                readOfOwner("type: 'gift', value: {amount: 2e9, currency: 'EUR'}"),
                                readOfOwner("type: 'gift'", "itemId")))
                .extracting(reading -> refused(reading).code())
                .containsExactly(
                        "missing-value", "unexpected-value",
                        "value-out-of-range", "missing-target");
        assertThat(refused(readOfOwner("type: 'try-on', value: -1")).detail())
                .contains("try-on")
                .contains("0 to 86400 seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"own_3", "own_4", "own_16", "Try-on", "try-on ", "__proto__"})
    void refusesTypesThatNobodyHasDefined(String type) {
        String members = "type: '" + type + "'";
        assertThat(refused(readOfOwner(members)).code()).isEqualTo("unknown-type");
        assertThat(code(members)).isEqualTo("unknown-type");
        assertThat(refused(readOfOwner(members)).detail())
                .contains("none of view, click", "try-on")
                .doesNotContain("own_");
    }

    @Test
    void takesAClickAsItIs() {
        EventTimes times = new EventTimes(NOW.minusSeconds(60), NOW.minusSeconds(60), NOW);
        UserIdentity user = UserIdentity.user("reader-1");
        EventHeader header = Components.with(EventHeader.of("e-1", user, NOW), "times", times);
        Event click =
                new Event.Interaction(header, EventType.CLICK, Target.item("item-1"), Value.NONE);
        assertThat(taken("")).isEqualTo(click);
        assertThat(taken("later: 1, value: null")).as("with unknown members").isEqualTo(click);
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
        assertThat(refused(read(click("", member))).code()).isEqualTo(code);
        assertThat(code(member + ": null")).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eventId", "userId", "anonymousId", "sessionId", "itemId"})
    void refusesIdsThatAreNone(String member) {
        String tooLong = "a".repeat(129);
        for (String id :
                List.of(
                        "",
                        tooLong,
                        "\ud800",
                        "a\udc00b",
                        "\ude00\ud83d",
                        "a\nb",
                        "\u0000",
                        " \u2003",
                        ".",
                        "..")) {
            Rejection refusal = refused(read(click("").put(member, id)));
            assertThat(refusal.code()).isEqualTo("malformed-id");
            assertThat(refusal.detail()).startsWith(member);
            assertThat(refusal.eventId()).isEqualTo(member.equals("eventId") ? null : "e-1");
        }
        assertThat(code(member + ": 7")).isEqualTo("malformed-id");
    }

    @Test
    void takesIdsOf128CharactersInAnyScript() {
        String id = "\ud83d\ude00".repeat(64);

        assertThat(taken("userId: '" + id + "'").header().user().id()).isEqualTo(id);
    }

    @Test
    void keepsTheIdAsSentAndBothIds() {
        UserIdentity both = taken("anonymousId: 'a-1'").header().user();

        assertThat(both).isEqualTo(new UserIdentity("reader-1", "a-1"));
        assertThat(both.id()).isEqualTo("reader-1");
    }

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    unknown-type          | type: 'glance'
                    unknown-type          | type: 'CLICK'
                    unknown-type          | type: {}
                    malformed-time        | occurredAt: 1772366400
                    occurred-at-in-future | occurredAt: '3000-01-01T00:00:00Z', sentAt: '3000-01-01T00:00:01Z'
                    malformed-target      | target: {}
                    malformed-target      | target: 7
                    malformed-target      | target: {kind: 'planet', id: 'x'}
                    malformed-target      | target: {kind: 'author'}
                    malformed-target      | target: {kind: 'none', id: 'x'}
                    malformed-target      | target: {kind: 'item', id: 'another'}
                    malformed-retraction  | retracts: 'e-1'
                    malformed-id          | userId: 'alias'
                    malformed-id          | anonymousId: 'alias'
                    malformed-id          | retracts: 5
                    malformed-retraction  | type: 'impression', retracts: 'e-0'
                    missing-items         | type: 'impression'
                    malformed-id          | type: 'impression', items: ['\\ud800']
                    exposure-forged       | exposure: 7
                    malformed-context     | context: 7
                    malformed-context     | context: {country: 'Brazil'}
                    malformed-context     | context: {localHour: 24}
                    malformed-context     | context: {localHour: 1.5}
                    malformed-context     | context: {localHour: '12'}
                    malformed-context     | context: {device: 7}
                    malformed-context     | context: {os: '\\ud800'}
                    malformed-context     | context: {locale: 'a\\u0007'}
                    malformed-properties  | properties: 7
                    malformed-properties  | properties: {x: {}}
                    malformed-properties  | properties: {x: '\\ud800'}
                    malformed-consent     | consent: {personalisation: 'no'}
                    malformed-consent     | consent: true
                    """)
    void refuses(String code, String members) {
        assertThat(code(members)).isEqualTo(code);
    }

    @Test
    void aListWithoutATokenDoesNotTakeAReservedPlacement() {
        for (String placement : List.of("others", "(others)")) {
            assertThat(code("type: 'impression', items: ['a'], placement: '" + placement + "'"))
                    .isEqualTo("reserved-placement");
        }
    }

    @Test
    void refusesTooMuchOfAnything() {
        assertThat(code("type: 'impression', items: [" + numbered("'i-%d'", 101) + "]"))
                .isEqualTo("too-many-items");
        assertThat(code("properties: {x: '" + "a".repeat(8200) + "'}"))
                .isEqualTo("properties-too-large");
        assertThat(code("properties: {" + numbered("p%1$d: %1$d", 33) + "}"))
                .isEqualTo("too-many-properties");
        assertThat(code("context: {page: '" + "a".repeat(90 << 10) + "'}"))
                .isEqualTo("event-too-large");
        assertThat(code("x: " + "[".repeat(20) + "]".repeat(20))).isEqualTo("event-too-deep");
        assertThat(refused(read("[1]")).code()).isEqualTo("event-not-an-object");
    }

    private static String numbered(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(joining(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday", "2026-03-01",
                "2026-03-01T11:00:00", "2026-02-30T11:00:00Z",
                "1772366400"
            })
    void refusesTimesThatAreNone(String time) {
        assertThat(code("occurredAt: '" + time + "'")).isEqualTo("malformed-time");
        assertThat(code("sentAt: '" + time + "'")).isEqualTo("malformed-time");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-22T12:00:00Z,",
        "2026-02-22T11:59:59.999Z, occurred-at-too-old",
        "2026-03-01T12:05:00Z,",
        "2026-03-01T12:05:01Z, occurred-at-in-future",
        "3000-01-01T00:00:00Z, occurred-at-in-future"
    })
    void refusesOlderThanSevenDaysAndMoreThanFiveMinutesAhead(
            Instant occurredAt, @Nullable String code) {
        EventReader.Reading reading = read(click("occurredAt: '" + occurredAt + "'"));
        assertThat(code == null ? taken(reading).header().occurredAt() : refused(reading).code())
                .isEqualTo(code == null ? occurredAt : code);
    }

    @Test
    void correctsTheClockBesideTheTimeAsSent() {
        Instant at = NOW.plus(Duration.ofHours(1));
        String members = "occurredAt: '%s', sentAt: '%s'".formatted(at, at.plusSeconds(10));
        EventHeader header = taken(members).header();

        assertThat(header.occurredAt()).isEqualTo(at);
        assertThat(header.correctedAt()).isEqualTo(NOW.minusSeconds(10));
    }

    @Test
    void correctsByTheRequestsTimeOfSending() {
        Optional<Instant> sentAt = Optional.of(NOW.minusSeconds(30));
        Event event = taken(read(reader, click(""), sentAt, ReceiptContext.at(NOW)));

        assertThat(event.header().correctedAt()).isEqualTo(NOW.minusSeconds(30));
    }

    @Test
    void nothingHappensAfterItWasReceived() {
        EventHeader header = taken("occurredAt: '" + NOW.plusSeconds(200) + "'").header();

        assertThat(header.occurredAt()).isEqualTo(NOW.plusSeconds(200));
        assertThat(header.correctedAt()).isEqualTo(NOW);
    }

    @Test
    void aPermitLetsHistoryInDownToItsOldestTime() {
        Instant oldest = Instant.parse("2016-01-01T00:00:00Z");
        ReceiptContext receipt =
                ReceiptContext.importing(NOW, new ImportPermit(NOW.plusSeconds(1), oldest));

        assertThat(taken(read(click("occurredAt: '2016-03-01T00:00:00Z'"), receipt))).isNotNull();
        assertThat(refused(read(click("occurredAt: '2015-12-31T23:59:59Z'"), receipt)).code())
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
        ObjectNode json = click("type: '" + type + "', value: '@'");

        assertThat(refused(read(json.toString().replace("\"@\"", value))).code()).isEqualTo(code);
    }

    @Test
    void takesValuesInTheUnitOfTheType() {
        assertThat(interaction("type: 'rating', value: 0.5").value())
                .isEqualTo(Value.of(ValueKind.STARS, 0.5));
        assertThat(interaction("type: 'purchase', value: {amount: 9, currency: 'EUR'}").value())
                .isEqualTo(Value.money(9, "EUR"));
    }

    @Test
    void readsTargetsOfEveryKind() {
        String author = "type: 'follow', target: {kind: 'author', id: 'a-1'}";
        assertThat(interaction(author, "itemId").target())
                .isEqualTo(new Target(Target.Kind.AUTHOR, "a-1"));
        assertThat(interaction("type: 'view', target: {kind: 'none'}", "itemId").target())
                .isEqualTo(Target.NONE);
    }

    @Test
    void readsARetraction() {
        var undone = (Event.Retraction) taken("type: 'like', retracts: 'e-0'");

        assertThat(undone.retracts()).isEqualTo("e-0");
        assertThat(undone.type()).isEqualTo(EventType.LIKE);
    }

    private Event.Impression impression(String members) {
        return (Event.Impression) taken("type: 'impression', " + members);
    }

    private String exposure() {
        return "exposure: '" + genuine + "'";
    }

    @Test
    void readsAnImpressionFromItsItemsOrItsToken() {
        Event.Impression listed = impression("placement: 'home', items: ['x', 'y']");
        Event.Impression echoed = impression(exposure());

        assertThat(listed.itemIds()).containsExactly("x", "y");
        assertThat(echoed.itemIds()).containsExactly("item-1", "item-2");
        assertThat(List.of(listed.placement(), echoed.placement())).containsOnly("home");
    }

    @Test
    void refusesForgedAndExpiredTokens() {
        String forged = (genuine.startsWith("A") ? "B" : "A") + genuine.substring(1);
        String foreign = token.sign(signer.derive("another"));
        Instant tooOld = NOW.minus(Duration.ofDays(8));
        ExposureToken old = ExposureTokens.list("r", "home", tooOld, token.itemIds());

        assertThat(code("exposure: '" + forged + "'")).isEqualTo("exposure-forged");
        assertThat(code("type: 'impression', exposure: '" + foreign + "'"))
                .isEqualTo("exposure-forged");
        assertThat(code("exposure: '" + old.sign(signer) + "'")).isEqualTo("exposure-expired");
    }

    @Test
    void refusesTokensOfAnotherList() {
        assertThat(taken(exposure()).header().exposure()).hasToString(genuine);
        for (String other :
                List.of(
                        "itemId: 'item-3'",
                        "type: 'impression', placement: 'sidebar'",
                        "type: 'impression', items: ['item-3']")) {
            assertThat(code(exposure() + ", " + other)).isEqualTo("exposure-mismatch");
        }
    }

    @Test
    void turnsTheUserAgentIntoWordsAndForgetsIt() {
        Event own = taken("context: {userAgent: '" + IPHONE + "'}");
        Event header = taken(read(click(""), FROM_IPHONE));

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
        ReceiptContext server = receipt("python-requests/2.32", Optional.empty(), Optional.empty());

        assertThat(taken(read(click(""), server)).header().context()).isEqualTo(Context.UNKNOWN);
    }

    @Test
    void whatTheEventSaysGoesBeforeTheHeaders() {
        ObjectNode event = click("context: {device: 'tv', country: 'pt'}");
        Context context = taken(read(event, FROM_IPHONE)).header().context();

        assertThat(context.device()).isEqualTo("tv");
        assertThat(context.browser()).isNull();
        assertThat(context.country()).isEqualTo("PT");
        assertThat(context.region()).isNull();
    }

    @Test
    void pagesLoseWhatMayBePersonal() {
        String page = "page: '/a/b?email=x@y.z#top'";
        String referrer = "referrer: 'https://u:p@site.example/x?q=1'";
        Context context = taken("context: {" + page + ", " + referrer + "}").header().context();

        assertThat(context.page()).isEqualTo("/a/b");
        assertThat(context.referrer()).isEqualTo("https://site.example/x");
    }

    @Test
    void readsPropertiesAsTextAndConsent() {
        assertThat(taken("properties: {s: 't', n: 1.5, b: true, nothing: null}").header())
                .extracting(EventHeader::properties)
                .isEqualTo(Map.of("s", "t", "n", "1.5", "b", "true"));
        assertThat(taken("consent: {personalisation: false}").header().consent())
                .isEqualTo(new Consent(false, true));
    }

    @Test
    void takesAnImpressionOfAHundredOfTheLongestIdsWithItsToken() {
        List<String> ids =
                IntStream.range(0, 100).mapToObj(i -> "\u5b57".repeat(125) + (100 + i)).toList();
        ExposureToken longest = ExposureTokens.list("0".repeat(32), "\u5b57".repeat(128), NOW, ids);
        String exposure = "exposure: '" + longest.sign(signer) + "'";

        String items = ids.stream().collect(joining("','", "['", "']"));
        Event.Impression listed = impression(exposure + ", items: " + items);
        Event bare = impression(exposure);
        Event click = taken(exposure + ", itemId: '" + ids.getLast() + "'");

        assertThat(listed.itemIds()).isEqualTo(ids);
        for (Event event : List.of(bare, listed, click)) {
            assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
        }
    }

    @Test
    void aUserMaySend300EventsAtOnceAndOneMoreAfterAFifthOfASecond() {
        for (int i = 0; i < RateLimit.BURST; i++) {
            taken(read(Bodies.click("e-" + i)));
        }
        assertThat(code("")).isEqualTo("rate-exceeded");
        assertThat(taken("userId: 'another'")).isNotNull();
        assertThat(taken(read(click(""), ReceiptContext.at(NOW.plusMillis(200))))).isNotNull();
    }

    @Test
    void badEventsUseUpNoRate() {
        for (int i = 0; i < 2 * RateLimit.BURST; i++) {
            code("type: 'glance'");
        }
        assertThat(taken("")).isNotNull();
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleStandsInTheDocumentation(EventRule rule) throws Exception {
        assertThat(Files.readString(Path.of("../../docs/events.md")))
                .contains("`" + rule.code() + "`");
    }
}
