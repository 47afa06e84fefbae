package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.access.Caller;
import dev.freshet.access.ExposureToken;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.Pseudonym;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.CountedUsers;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.ShownItems;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecommendHandlerTest {
    private static final EventTypes TYPES =
            EventTypes.parse(
                    """
                    {"try-on": {"slot": 3, "strength": 2},
                     "sent-back": {"slot": 4, "strength": -3}}
                    """);

    private static final String HOME =
            """
            {"id":"home","version":4,"status":"STATUS","layer":"ranking","salt":"home-1",
             "plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    private static final String FROM_BRAZIL = "GET /v1/trending\nCloudFront-Viewer-Country: BR";

    private Model model = Model.EMPTY;

    private final List<String> lines = new ArrayList<>();
    private final Site site =
            new Site()
                    .put(
                            Site.article("f1", "Cup final tonight", "football"),
                            Site.article("f2", "Striker moves north", "football"),
                            Site.article("c1", "Winter soup recipes", "cooking"))
                    .crowdReads(3, Duration.ofHours(1), "f1", "f2")
                    .reads("ana", Duration.ofMinutes(1), "f1");
    private final Gateway gateway = gateway(new ViewerLocation(true));

    private Replica.Versioned newest() {
        return new Replica.Versioned(model, 3, Site.NOW);
    }

    private Gateway gateway(ViewerLocation location) {
        return new Gateway(
                TestFunctions.recommend(
                        site::recommender,
                        site::similarUsers,
                        this::newest,
                        TYPES,
                        location,
                        new Metrics(Map.of("Stack", "test-default"), () -> Site.NOW, lines::add)));
    }

    private Answer recommend(String json) {
        return gateway.ask("POST /v1/recommendations", json);
    }

    @Test
    void peopleWhoAreLikeAUserAreDescribedAndNotNamed() {
        site.crowdReads(9, Duration.ofHours(1), "f1", "c1");

        gateway.ask("GET /v1/users/ana/similar?count=2")
                .assertHas(
                        """
                        200
                        body = {"userId":"ana","people":12,"items":[\
                        {"itemId":"f1","title":"Cup final tonight","people":12},\
                        {"itemId":"c1","title":"Winter soup recipes","people":9}],\
                        "tags":[{"tag":"football","people":12},{"tag":"cooking","people":9}],\
                        "authors":[],"model":{"version":3}}
                        """);
    }

    @Test
    void ofAUserWithoutAHistoryItIsSaidWhyNobodyIsDescribed() {
        gateway.ask("GET /v1/users/nobody/similar?count=2")
                .assertHas("/people = 0", "/withheld/code = no-history");
        gateway.assertAnswers(
                """
                GET /v1/users/nobody/similar?count=0 -> 400 count-out-of-range
                GET /v1/users/alias/similar?count=2 -> 400 bad-user-id
                """);
    }

    @Test
    void aPageSendsAShorterSessionThanAServer() {
        String items = String.join(",", Collections.nCopies(11, "{\"itemId\":\"f1\"}"));
        String eleven = "{\"session\":{\"items\":[" + items + "]}";
        for (String request :
                List.of(
                        "POST /v1/recommendations\n" + eleven + "}",
                        "POST /v1/rank\n" + eleven + ",\"itemIds\":[\"f2\"]}")) {
            String[] parts = request.split("\n", 2);
            gateway.ask(parts[0], parts[1]).assertHas("200");
            gateway.as(Gateway.PAGE).ask(parts[0], parts[1]).assertProblem(400, "session-too-long");
        }
    }

    private Answer results() {
        return gateway.ask("GET /v1/experiments/home/results");
    }

    private void announced(String status) {
        long version = model.experiments().version("home") + 1;
        boolean running = status.equals("running");
        announced(version, running, "home-1", 604_800, HOME.replace("STATUS", status));
    }

    private void announced(
            long version, boolean running, String salt, int seconds, String definition) {
        Example changed =
                new Definition(
                        "home", version, new Phase(running, salt, seconds, null), definition);
        model = Trainer.train(model, List.of(changed)).model();
    }

    private void shown(int users, String arm) {
        List<Example> lists = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            lists.add(
                    new Example.Exposure(
                            new ShardPosition("events/" + arm, BigInteger.valueOf(1 + user)),
                            new Pseudonym((long) user << 40),
                            24 * 20_000,
                            true,
                            "home",
                            List.of("home:" + arm),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(new Enrolled("home", "home-1", arm, 0, Enrolled.Step.BEGINS)),
                            Context.UNKNOWN));
        }
        model = Trainer.train(model, lists).model();
    }

    @Test
    void theResultsOfAnExperimentSayWhatIsKnownAsOfWhichModel() {
        announced("running");
        shown(120, "control");
        shown(130, "wide");

        Answer answer = results();

        answer.assertHas(
                """
                200
                /id = home
                /version = 4
                /conclusion = running
                /users/control = 120
                /users/wide = 130
                /enrolled = 250
                /split/alarm = false
                /arms/0/arm = wide
                /asOf/modelVersion = 3
                """);
        assertThat(answer.at("/sentence")).contains("wide");
        assertThat(answer.body().toString()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void anExperimentThatIsUnknownOrHasNotRunOrIsOfOtherRulesHasNoResults() {
        gateway.assertAnswers(
                """
                GET /v1/experiments/home/results -> 404 unknown-experiment
                GET /v1/experiments/a%0Ab/results -> 400 bad-experiment-id
                """);

        announced("draft");
        results().assertProblem(409, "experiment-not-run");

        announced("running");
        results().assertHas("/conclusion = no-impressions");

        announced(model.experiments().version("home") + 1, true, "s", 1, "{}");

        results().assertProblem(409, "missing-field");
    }

    @Test
    void rankedItemsComeAsTheDocumentDescribesThem() {
        Answer answer =
                gateway.ask(
                        "POST /v1/rank",
                        "{\"userId\":\"ana\",\"itemIds\":[\"x\",\"f1\",\"f2\",\"f2\"]}");

        answer.assertHas(
                "200",
                "/items/2/itemId = x",
                "/items/2/position = 3",
                "/duplicates/0 = f2",
                "#/dropped = 0");
        assertThat(answer.body().path("items"))
                .extracting(
                        item -> item.path("itemId").asText(),
                        item -> item.path("score").isNumber(),
                        item -> item.path("reasons").isEmpty(),
                        item -> item.at("/withheld/code").asText())
                .containsExactlyInAnyOrder(
                        tuple("f1", true, false, "seen"),
                        tuple("f2", true, false, ""),
                        tuple("x", false, true, "unknown"));
        assertThat(answer.at("/exposure")).isNotEmpty();

        gateway.ask(
                        "POST /v1/rank",
                        "{\"userId\":\"ana\",\"itemIds\":[\"x\",\"f1\",\"f2\"],\"drop\":true}")
                .assertHas(
                        "#/items = 1",
                        "#/dropped = 2",
                        "/dropped/0/itemId = x",
                        "/dropped/0/code = unknown",
                        "/dropped/1/itemId = f1",
                        "/dropped/1/code = seen");
    }

    @Test
    void whatMovedAnItemIsNamedByTheOwnersNameOfItsType() {
        site.does("ana", EventType.OWN_3, Target.item("f1"), Duration.ofSeconds(30), null);

        assertThat(recommend("{\"userId\":\"ana\",\"count\":2}").body().toString())
                .contains("\"type\":\"try-on\"")
                .doesNotContain("own_3");
    }

    @Test
    void recommendationsComeAsTheDocumentDescribesThem() {
        Answer answer = recommend("{\"userId\":\"ana\",\"count\":2}");

        answer.assertHas(
                """
                200
                /items/0/itemId = f2
                /items/0/title = Striker moves north
                /items/0/position = 1
                /model/version = 3
                /model/ageMs = 5
                /reflects/events = 1
                /reflects/latestEventId = %s
                /degraded = false
                /degradedReasons = []
                """
                        .formatted(site.latestEventId()));
        JsonNode first = answer.body().at("/items/0");
        assertThat(first.path("score").isNumber()).isTrue();
        assertThat(first.path("reasons"))
                .isNotEmpty()
                .allSatisfy(
                        reason -> {
                            assertThat(reason.path("source").asText()).matches("[a-z-]+");
                            assertThat(reason.path("share").asDouble()).isBetween(0.0, 1.0);
                            assertThat(reason.path("text").asText()).isNotBlank();
                        });
        assertThat(ExposureToken.open(answer.at("/exposure"), Site.SIGNER)).isPresent();
    }

    @Test
    void aListWithoutItemsSaysWhyAndOneWithItemsDoesNot() {
        Answer empty = recommend("{\"filter\":{\"field\":\"type\",\"is\":\"podcast\"}}");

        empty.assertHas("200", "#/items = 0", "#/emptyReasons = 1", "/emptyReasons/0 = request");
        assertThat(recommend("{\"userId\":\"ana\"}").body().has("emptyReasons")).isFalse();
    }

    @Test
    void eachItemNamesTheEventsThatMovedItAndEachReasonWhatItGave() {
        String latest = site.latestEventId();
        Answer answer = recommend("{\"userId\":\"ana\",\"count\":2}");

        answer.assertHas(
                """
                /items/0/movedBy/0/eventId = %s
                /items/0/movedBy/0/type = view
                /items/0/movedBy/0/itemId = f1
                /items/0/movedBy/0/part = 1.0
                """
                        .formatted(latest));
        JsonNode first = answer.body().at("/items/0");
        JsonNode event = first.path("movedBy").path(0);
        assertThat(first.path("movedBy")).hasSizeBetween(1, 3);
        assertThat(Instant.parse(event.path("at").asText())).isBefore(Site.NOW);
        assertThat(event.path("lift").asDouble()).isPositive();
        assertThat(first.path("reasons"))
                .extracting(reason -> reason.path("contribution").asDouble())
                .allMatch(contribution -> contribution >= 0);
        assertThat(first.path("reasons"))
                .extracting(reason -> reason.at("/event/eventId").asText())
                .contains(latest);
    }

    @Test
    void anExplanationTellsEachStageAndHasNoTokenAndNoLineOfMetrics() {
        Answer answer =
                gateway.ask(
                        "POST /v1/recommendations/explain",
                        "{\"request\":{\"userId\":\"ana\",\"count\":2},\"itemId\":\"f1\"}");

        answer.assertHas(
                """
                200
                /exposure = -
                #/stages = 5
                /filters = [{"filter":"seen","removed":1}]
                /candidates = 2
                #/best = 2
                /withheld/0/itemId = f1
                /places/0/by = chosen
                /item/verdict = removed
                /item/filter = seen
                #/item/sentences = 2
                """);
        assertThat(lines).noneMatch(line -> line.contains("RecommendMs"));
        assertThat(answer.body().path("sources").toString()).contains("\"popularity\"");
        assertThat(answer.body().at("/best/0/signals")).isNotEmpty();
    }

    @Test
    void whatOnlyTheRequestReportsHasNoEventId() {
        recommend("{\"userId\":\"new\",\"session\":{\"items\":[{\"itemId\":\"f1\"}]}}")
                .assertHas("/items/0/movedBy/0/itemId = f1", "/items/0/movedBy/0/eventId = null");
    }

    @Test
    void whoRefusedUnderTheAnonymousIdIsNotRecognisedByTheUserId() {
        site.profile("visitor", List.of(), new Consent(false, false), null);

        recommend(
                        """
                        {"userId":"ana","anonymousId":"visitor","consent":{"personalisation":true}}
                        """)
                .assertHas("/personalised = false", "/reflects/events = 0");
    }

    @Test
    void aBadQuestionIsAProblemDocumentWithItsCode() {
        gateway.assertAnswers(
                """
                POST /v1/recommendations { -> 400 not-json
                POST /v1/recommendations {"usrId":"a"} -> 400 unknown-field
                POST /v1/recommendations {"language":"p t"} -> 400 bad-language
                POST /v1/recommendations {"language":7} -> 400 bad-language
                POST /v1/recommendations {"session":{"items":[{"itemId":"f1","type":"sent-back"}]}} -> 200
                POST /v1/recommendations/explain {"itemId":"f1"} -> 400 missing-field
                POST /v1/rank {"itemIds":[]} -> 400 missing-field
                POST /v1/rank [] -> 400 wrong-type
                GET /v1/items/nope/similar -> 404 unknown-item
                GET /v1/trending?count=101 -> 400 count-out-of-range
                """);
        assertThat(recommend("{\"placement\":\"" + "x".repeat(70_000) + "\"}").status())
                .isEqualTo(413);
        assertThat(gateway.ask("POST /v1/recommendations\nContent-Type: text/plain\n\n{}").status())
                .isEqualTo(415);
        assertThat(
                        gateway.as(new Caller.Signed("arn:aws:iam::111122223333:role/site"))
                                .ask("GET /v1/recommendations")
                                .status())
                .isEqualTo(405);
    }

    @Test
    void similarItemsAreFoundByPathAndParameters() {
        gateway.ask("GET /v1/items/f1/similar?count=1").assertHas("200", "/items/0/itemId = f2");
    }

    @Test
    void aCallersCountryIsTakenFromCloudfrontAloneWhereTheRequestHasNone() {
        for (int i = 0; i < 4; i++) {
            site.does("br" + i, EventType.VIEW, Target.item("c1"), Duration.ofMinutes(5), "BR");
        }

        gateway.ask(FROM_BRAZIL).assertHas("/items/0/reasons/0/text = Trending in BR");
        Answer withoutCloudfront = gateway(new ViewerLocation(false)).ask(FROM_BRAZIL);
        assertThat(withoutCloudfront.status()).isEqualTo(200);
        assertThat(withoutCloudfront.at("/items/0/reasons/0/text")).doesNotContain("BR");
    }

    @Test
    void eachAnswerIsMeasuredAndNoUserIsNamed() {
        recommend("{\"userId\":\"ana\",\"itemId\":\"nope\"}");

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"Degraded\":1", "\"RecommendMs\":")
                .doesNotContain("ana");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /v1/recommendations\nContent-Type: application/json\n\n{}",
                "GET /v1/items/f1/similar",
                "GET /v1/trending"
            })
    void aServerIsToldTheTimeOfEachStageAndAPageAndAUserAreNot(String request) {
        site.nanos(slowerWithEachStage());

        gateway.ask(request)
                .assertHas(
                        """
                        Timing-Allow-Origin: *
                        Server-Timing: hydrate;dur=1.234, gather;dur=2.469, blend;dur=3.703, \
                        draw;dur=4.938, explain;dur=6.172
                        """);
        for (Caller caller : List.of(Gateway.PAGE, BEA)) {
            site.nanos(slowerWithEachStage());
            Answer answer = gateway.as(caller).ask(request);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers()).doesNotContainKeys("Server-Timing", "Timing-Allow-Origin");
            assertThat(answer.headers().toString() + answer.body())
                    .doesNotContain("dur=", "hydrate");
        }
    }

    @Test
    void aPagedListGoesOnForItsUserAlone() {
        for (int i = 0; i < 30; i++) {
            site.put(Site.article("more-" + i, "Story " + i));
        }
        Answer first = recommend("{\"userId\":\"ana\",\"count\":4,\"paged\":true}");
        String page = "\",\"count\":4,\"page\":\"" + first.at("/next") + "\"}";
        Answer second = recommend("{\"userId\":\"ana" + page);

        first.assertHas("/items/3/position = 4");
        second.assertHas("200", "/items/0/position = 5");
        assertThat(second.at("/next")).isNotEmpty();
        recommend("{\"userId\":\"bea" + page).assertProblem(400, "page-of-another-list");
    }

    private static String lamps(String fields) {
        return "GET /v1/trending?fields=" + fields + "&tag=lamps";
    }

    private void putLamp() {
        site.put(
                Site.article("lamp", "Desk lamp", "lamps")
                        .type("product")
                        .author("Lux")
                        .attribute("price", AttributeValue.of(19.9)));
    }

    @Test
    void anItemCarriesTheFieldsThatTheRequestListsAndNoOthers() {
        putLamp();

        gateway.ask(lamps("title,tags,type,author,publishedAt,attributes.price"))
                .assertHas(
                        """
                        /items/0 = {"itemId":"lamp","title":"Desk lamp","type":"product",\
                        "tags":["lamps"],"author":"Lux","publishedAt":"2026-04-30T12:00:00Z",\
                        "attributes":{"price":19.9},"position":1}
                        """);
        gateway.ask(lamps("itemId")).assertHas("/items/0 = {\"itemId\":\"lamp\",\"position\":1}");

        Answer byBody =
                recommend(
                        """
                        {"filter":{"field":"itemId","is":"lamp"},
                         "fields":["attributes.price","attributes.none","score"]}
                        """);
        byBody.assertHas(
                "/items/0/attributes = {\"price\":19.9}",
                "/items/0/title = -",
                "/items/0/reasons = -");
        assertThat(byBody.body().at("/items/0").has("score")).isTrue();
    }

    @Test
    void aPageAndAUserReadPublicAttributesOnly() {
        site.put(
                Site.article("lamp", "Desk lamp", "lamps")
                        .attribute("cost", AttributeValue.of(7.1)));

        for (Caller caller : List.of(Gateway.PAGE, BEA)) {
            gateway.as(caller)
                    .assertAnswers(
                            """
                            GET /v1/trending?fields=attributes.price,attributes.cost&tag=lamps -> 400 attribute-not-public
                            GET /v1/trending?fields=attributes.none&tag=lamps -> 400 attribute-not-public
                            GET /v1/trending?fields=attributes.price&tag=lamps -> 200
                            """);
        }
        gateway.ask(lamps("attributes.cost")).assertHas("/items/0/attributes/cost = 7.1");
    }

    @Test
    void anUnknownFieldIsRefusedWithTheNearestKnownOne() {
        Answer answer = gateway.ask(lamps("titel"));

        answer.assertProblem(400, "unknown-item-field");
        assertThat(answer.at("/detail")).contains("did you mean title?");
        assertThat(gateway.ask(lamps("atributes.price")).at("/detail"))
                .contains("did you mean attributes.NAME?");
    }

    @Test
    void longAttributesOfManyItemsAreCutOffSoThatTheResponseStaysSmall() {
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (int i = 0; i < 15; i++) {
            attributes.put("a" + i, AttributeValue.of("\"".repeat(1_024)));
        }
        Item.Content content =
                Item.Content.of("product", "Lamp", List.of())
                        .published(null, Site.NOW)
                        .with(attributes);
        for (int i = 0; i < 100; i++) {
            Item lamp = Item.of("lamp-" + i, 1, content);
            site.learn(List.of(new Example.ItemChanged(lamp, Map.of(), Site.NOW)));
        }
        String names = "attributes." + String.join(",attributes.", attributes.keySet());
        Answer answer = gateway.ask("GET /v1/trending?count=100&fields=" + names);

        int whole = RecommendationJson.MAX_FIELD_CHARACTERS / (15 * 1_024);
        answer.assertHas("#/items = 100", "/degraded = true");
        assertThat(answer.body().findValues("attributes")).hasSizeBetween(whole - 1, whole);
        assertThat(answer.body().path("degradedReasons").toString()).contains("fields-limit");
        assertThat(answer.body().toString().length()).isLessThan(1 << 20);
    }

    @Test
    void reasonsAreInTheLanguageThatTheRequestAsksFor() {
        putLamp();
        gateway.ask(lamps("reasons") + "\nAccept-Language: de-AT, en;q=0.5")
                .assertHas("Content-Language: de", "/items/0/reasons/0/text = Neu in lamps");
        gateway.ask(lamps("reasons") + "&language=fr-CA\nAccept-Language: de")
                .assertHas("/items/0/reasons/0/text = Nouveau dans lamps");
        gateway.ask(lamps("reasons")).assertHas("Content-Language: en");
        recommend("{\"language\":\"pt\"}").assertHas("Content-Language: pt");
    }

    @Test
    void aListThatAClientHasAlreadyIsConfirmedByItsEtag() {
        putLamp();
        Answer first = gateway.ask(lamps("title"));
        String etag = first.headers().get("ETag");

        assertThat(etag).matches("W/\"[A-Za-z0-9_-]{16}\"");
        gateway.ask(lamps("title") + "\nIf-None-Match: \"other\", " + etag)
                .assertHas(
                        """
                        304
                        ETag: %s
                        Cache-Control: private, no-cache
                        Vary: Authorization, Origin, Accept-Language
                        """
                                .formatted(etag));
        gateway.ask(lamps("title") + "\nIf-None-Match: *").assertHas("304\nETag: " + etag);
        first.assertHas("Cache-Control: private, no-cache");
    }

    @Test
    void aListThatCountsForNobodyIsNotConfirmedOnceItsUserCounts() {
        site.counted(new CountedUsers("anon-", 60, true));
        String request = "GET /v1/items/f1/similar?anonymousId=" + Gateway.VISITOR;
        String etag = gateway.ask(request).headers().get("ETag");
        String again = request + "\nIf-None-Match: " + etag;
        int before = gateway.ask(again).status();

        site.profile(
                UserProfile.absent(Gateway.VISITOR)
                        .with(new ShownItems(Map.of(), null, Site.NOW.minusSeconds(60))));

        assertThat(before).isEqualTo(304);
        assertThat(gateway.ask(again).status()).isEqualTo(200);
    }

    @Test
    void anotherListHasAnotherEtag() {
        putLamp();
        List<String> etags =
                Stream.of(
                                lamps("title"),
                                lamps("type"),
                                lamps("title") + "\nAccept-Language: de",
                                "GET /v1/items/f1/similar?userId=ana",
                                "GET /v1/items/f1/similar?userId=bea")
                        .map(request -> gateway.ask(request).headers().get("ETag"))
                        .collect(Collectors.toList());
        site.put(Site.article("lamp-2", "Wall lamp", "lamps"));
        etags.add(gateway.ask(lamps("title")).headers().get("ETag"));
        String stale = lamps("title") + "\nIf-None-Match: " + etags.getFirst();

        assertThat(etags).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(gateway.ask(stale).status()).isEqualTo(200);
        assertThat(recommend("{}").headers()).doesNotContainKey("ETag");
    }

    /** Returns a time whose n-th step takes n times 1,234,567 ns. */
    private static LongSupplier slowerWithEachStage() {
        AtomicLong readings = new AtomicLong();
        return () -> {
            long n = readings.getAndIncrement();
            return n * (n + 1) / 2 * 1_234_567;
        };
    }

    private static final Caller BEA = Gateway.user("bea");

    @Test
    void aPageAsksForAnonymousUsersAndForNobody() {
        gateway.as(Gateway.PAGE)
                .assertAnswers(
                        """
                        POST /v1/recommendations {"anonymousId":"VISITOR"} -> 200
                        POST /v1/recommendations {} -> 200
                        POST /v1/recommendations {"userId":"ana"} -> 403 not-your-anonymous-id
                        POST /v1/recommendations {"anonymousId":"ana"} -> 403 not-your-anonymous-id
                        POST /v1/recommendations {"userId":"ana","consent":{"personalisation":false}} -> 403 not-your-anonymous-id
                        POST /v1/recommendations {"anonymousId":"VISITOR","userId":"ana"} -> 403 not-your-anonymous-id
                        GET /v1/items/f1/similar?userId=ana -> 403 not-your-anonymous-id
                        """
                                .replace("VISITOR", Gateway.VISITOR));
    }

    @Test
    void aUserAsksForItselfAloneAlsoWhereItSaysItTwice() {
        gateway.as(BEA)
                .assertAnswers(
                        """
                        POST /v1/recommendations {"userId":"bea"} -> 200
                        POST /v1/recommendations {"userId":"ana"} -> 403 not-your-user
                        GET /v1/items/f1/similar?userId=bea -> 200
                        GET /v1/items/f1/similar?userId=ana&userId=bea -> 403 not-your-user
                        GET /v1/items/f1/similar?userId=bea&userId=ana -> 403 not-your-user
                        """);
    }

    @Test
    void aRefusalIsTheSameWhetherTheUserIsKnownOrNot() {
        Gateway bea = gateway.as(BEA);

        assertThat(bea.post("/v1/recommendations", "{\"userId\":\"ana\"}").body())
                .isEqualTo(bea.post("/v1/recommendations", "{\"userId\":\"nobody\"}").body());
    }
}
