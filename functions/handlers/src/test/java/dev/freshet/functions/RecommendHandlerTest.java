package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.access.ExposureToken;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleContext;
import dev.freshet.example.Pseudonym;
import dev.freshet.experiment.enrolment.Enrolment.Enrolled;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Trainer;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
                        new Metrics("test", "default", () -> Site.NOW, lines::add)));
    }

    private Answer similarUsers(String id, String count) {
        return gateway.ask("GET /v1/users/" + id + "/similar?count=" + count);
    }

    @Test
    void peopleWhoAreLikeAUserAreDescribedAndNotNamed() {
        site.crowdReads(9, Duration.ofHours(1), "f1", "c1");

        Answer answer = similarUsers("ana", "2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .hasToString(
                        "{\"userId\":\"ana\",\"people\":12,\"items\":[{\"itemId\":\"f1\",\"title\":\"Cup"
                                + " final"
                                + " tonight\",\"people\":12},{\"itemId\":\"c1\",\"title\":\"Winter soup"
                                + " recipes\",\"people\":9}],"
                                + "\"tags\":[{\"tag\":\"football\",\"people\":12},"
                                + "{\"tag\":\"cooking\",\"people\":9}],\"authors\":[],"
                                + "\"model\":{\"version\":3}}");
    }

    @Test
    void ofAUserWithoutAHistoryItIsSaidWhyNobodyIsDescribed() {
        Answer answer = similarUsers("nobody", "2");

        assertThat(answer.body().path("people").asInt()).isZero();
        assertThat(answer.at("/withheld/code")).isEqualTo("no-history");
        assertThat(similarUsers("nobody", "0").code()).isEqualTo("count-out-of-range");
        assertThat(similarUsers("alias", "2").code()).isEqualTo("bad-user-id");
    }

    private Answer results(String id) {
        return gateway.ask("GET /v1/experiments/" + id + "/results");
    }

    private void announced(String status) {
        model =
                Trainer.train(
                                model,
                                List.of(
                                        new Example.ExperimentChanged(
                                                "home",
                                                model.experiments().version("home") + 1,
                                                status.equals("running"),
                                                "home-1",
                                                604_800,
                                                null,
                                                HOME.replace("STATUS", status))))
                        .model();
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
                            ExampleContext.UNKNOWN));
        }
        model = Trainer.train(model, lists).model();
    }

    @Test
    void theResultsOfAnExperimentSayWhatIsKnownAsOfWhichModel() {
        announced("running");
        shown(120, "control");
        shown(130, "wide");

        Answer answer = results("home");

        JsonNode body = answer.body();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(body.path("id").asText()).isEqualTo("home");
        assertThat(body.path("version").asLong()).isEqualTo(4);
        assertThat(body.path("conclusion").asText()).isEqualTo("running");
        assertThat(body.path("sentence").asText()).contains("wide");
        assertThat(body.at("/users/control").asLong()).isEqualTo(120);
        assertThat(body.at("/users/wide").asLong()).isEqualTo(130);
        assertThat(body.path("enrolled").asLong()).isEqualTo(250);
        assertThat(body.at("/split/alarm").isBoolean()).isTrue();
        assertThat(body.at("/arms/0/arm").asText()).isEqualTo("wide");
        assertThat(body.at("/asOf/modelVersion").asLong()).isEqualTo(3);
        assertThat(body.toString()).doesNotContain("NaN", "Infinity");
    }

    @Test
    void anExperimentThatTheModelDoesNotKnowOrThatHasNotRunHasNoResults() {
        assertThat(results("home").status()).isEqualTo(404);
        assertThat(results("home").code()).isEqualTo("unknown-experiment");
        assertThat(results("a%0Ab").code()).isEqualTo("bad-experiment-id");

        announced("draft");
        assertThat(results("home").status()).isEqualTo(409);
        assertThat(results("home").code()).isEqualTo("experiment-not-run");

        announced("running");
        assertThat(results("home").at("/conclusion")).isEqualTo("no-impressions");
    }

    @Test
    void aDefinitionOfOtherRulesIsAProblemAndNoFailure() {
        model =
                Trainer.train(
                                Model.EMPTY,
                                List.of(
                                        new Example.ExperimentChanged(
                                                "home", 1, true, "s", 1, null, "{}")))
                        .model();

        assertThat(results("home").status()).isEqualTo(409);
        assertThat(results("home").code()).isEqualTo("missing-field");
    }

    @Test
    void rankedItemsComeAsTheDocumentDescribesThem() {
        Answer answer =
                gateway.post(
                        "/v1/rank",
                        "{\"userId\":\"ana\",\"itemIds\":[\"x\",\"f1\",\"f2\",\"f2\"]}");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode items = answer.body().path("items");
        assertThat(items).hasSize(3);
        assertThat(items.findValuesAsText("itemId")).contains("f1", "f2").endsWith("x");
        for (JsonNode item : items) {
            boolean known = !item.path("itemId").asText().equals("x");
            assertThat(item.path("score").isNumber()).isEqualTo(known);
            assertThat(item.path("reasons").isEmpty()).isNotEqualTo(known);
            assertThat(item.path("withheld").path("code").asText())
                    .isEqualTo(
                            switch (item.path("itemId").asText()) {
                                case "f1" -> "seen";
                                case "x" -> "unknown";
                                default -> "";
                            });
        }
        assertThat(items.path(2).path("position").asInt()).isEqualTo(3);
        assertThat(answer.at("/duplicates/0")).isEqualTo("f2");
        assertThat(answer.body().path("dropped").isEmpty()).isTrue();
        assertThat(answer.at("/exposure")).isNotEmpty();

        Answer dropped =
                gateway.post(
                        "/v1/rank",
                        "{\"userId\":\"ana\",\"itemIds\":[\"x\",\"f1\",\"f2\"],\"drop\":true}");
        assertThat(dropped.body().path("items")).hasSize(1);
        assertThat(dropped.body().path("dropped").findValuesAsText("itemId"))
                .containsExactly("x", "f1");
        assertThat(dropped.body().path("dropped").findValuesAsText("code"))
                .containsExactly("unknown", "seen");
    }

    @Test
    void aBadRankIsAProblemWithItsCode() {
        assertThat(gateway.post("/v1/rank", "{\"itemIds\":[]}").code()).isEqualTo("missing-field");
        assertThat(gateway.post("/v1/rank", "[]").status()).isEqualTo(400);
        assertThat(gateway.post("/v1/rank", "{\"itemIds\":[\"a\"],\"count\":1}").code())
                .isEqualTo("unknown-field");
    }

    @Test
    void whatMovedAnItemIsNamedByTheOwnersNameOfItsType() {
        site.does("ana", EventType.OWN_3, Target.item("f1"), Duration.ofSeconds(30), null);

        String answer =
                gateway.post("/v1/recommendations", "{\"userId\":\"ana\",\"count\":2}")
                        .body()
                        .toString();

        assertThat(answer).contains("\"type\":\"try-on\"").doesNotContain("own_3");
    }

    @Test
    void aSessionMayNameATypeOfTheOwnerButNoSlot() {
        String body = "{\"session\":{\"items\":[{\"itemId\":\"f1\",\"type\":\"%s\"}]}}";

        assertThat(gateway.post("/v1/recommendations", body.formatted("sent-back")).status())
                .isEqualTo(200);
        assertThat(gateway.post("/v1/recommendations", body.formatted("own_3")).code())
                .isEqualTo("unknown-type");
    }

    @Test
    void recommendationsComeAsTheDocumentDescribesThem() {
        Answer answer = gateway.post("/v1/recommendations", "{\"userId\":\"ana\",\"count\":2}");

        assertThat(answer.status()).isEqualTo(200);
        JsonNode first = answer.body().at("/items/0");
        assertThat(first.path("itemId").asText()).isEqualTo("f2");
        assertThat(first.path("title").asText()).isEqualTo("Striker moves north");
        assertThat(first.path("position").asInt()).isEqualTo(1);
        assertThat(first.path("score").isNumber()).isTrue();
        assertThat(first.path("reasons"))
                .isNotEmpty()
                .allSatisfy(
                        reason -> {
                            assertThat(reason.path("source").asText()).matches("[a-z-]+");
                            assertThat(reason.path("share").asDouble()).isBetween(0.0, 1.0);
                            assertThat(reason.path("text").asText()).isNotBlank();
                        });
        assertThat(answer.body().at("/model/version").asLong()).isEqualTo(3);
        assertThat(answer.body().at("/model/ageMs").asLong()).isEqualTo(5);
        assertThat(answer.body().at("/reflects/events").asInt()).isEqualTo(1);
        assertThat(answer.at("/reflects/latestEventId")).isEqualTo(site.latestEventId());
        assertThat(answer.body().path("degraded").asBoolean()).isFalse();
        assertThat(answer.body().path("degradedReasons").isArray()).isTrue();
        assertThat(ExposureToken.open(answer.at("/exposure"), Site.SIGNER)).isPresent();
    }

    @Test
    void eachItemNamesTheEventsThatMovedItAndEachReasonWhatItGave() {
        Answer answer = gateway.post("/v1/recommendations", "{\"userId\":\"ana\",\"count\":2}");

        JsonNode first = answer.body().at("/items/0");
        JsonNode event = first.path("movedBy").path(0);
        assertThat(first.path("movedBy")).hasSizeBetween(1, 3);
        assertThat(event.path("eventId").asText()).isEqualTo(site.latestEventId());
        assertThat(event.path("type").asText()).isEqualTo("view");
        assertThat(event.path("itemId").asText()).isEqualTo("f1");
        assertThat(Instant.parse(event.path("at").asText())).isBefore(Site.NOW);
        assertThat(event.path("part").asDouble()).isEqualTo(1);
        assertThat(event.path("lift").asDouble()).isPositive();
        assertThat(first.path("reasons"))
                .allSatisfy(
                        reason ->
                                assertThat(reason.path("contribution").asDouble())
                                        .isGreaterThanOrEqualTo(0))
                .anySatisfy(
                        reason ->
                                assertThat(reason.path("event").path("eventId").asText())
                                        .isEqualTo(site.latestEventId()));
    }

    @Test
    void anExplanationTellsEachStageAndHasNoTokenAndNoLineOfMetrics() {
        Answer answer =
                gateway.post(
                        "/v1/recommendations/explain",
                        "{\"request\":{\"userId\":\"ana\",\"count\":2},\"itemId\":\"f1\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("exposure")).isFalse();
        assertThat(lines).noneMatch(line -> line.contains("RecommendMs"));
        assertThat(answer.body().path("stages")).hasSize(5);
        assertThat(answer.body().path("sources").toString()).contains("\"popularity\"");
        assertThat(answer.body().path("filters").toString())
                .isEqualTo("[{\"filter\":\"seen\",\"removed\":1}]");
        assertThat(answer.body().path("candidates").asInt()).isEqualTo(2);
        assertThat(answer.body().path("best")).hasSize(2);
        assertThat(answer.body().at("/best/0/signals")).isNotEmpty();
        assertThat(answer.at("/withheld/0/itemId")).isEqualTo("f1");
        assertThat(answer.at("/places/0/by")).isEqualTo("chosen");
        assertThat(answer.at("/item/verdict")).isEqualTo("removed");
        assertThat(answer.at("/item/filter")).isEqualTo("seen");
        assertThat(answer.body().at("/item/sentences")).hasSize(2);
    }

    @Test
    void anExplanationIsForServersAlone() {
        String body = "{\"request\":{\"userId\":\"ana\"}}";

        assertThat(
                        gateway.as(new Caller.Publishable(Gateway.KEY_ID, List.of()))
                                .post("/v1/recommendations/explain", body)
                                .status())
                .isEqualTo(403);
    }

    @Test
    void aBodyWithoutARequestToExplainIsRefused() {
        Answer answer = gateway.post("/v1/recommendations/explain", "{\"itemId\":\"f1\"}");

        answer.assertProblem(400, "missing-field");
    }

    @Test
    void whatOnlyTheRequestReportsHasNoEventId() {
        Answer answer =
                gateway.post(
                        "/v1/recommendations",
                        "{\"userId\":\"new\",\"session\":{\"items\":[{\"itemId\":\"f1\"}]}}");

        JsonNode event = answer.body().at("/items/0/movedBy/0");
        assertThat(event.path("itemId").asText()).isEqualTo("f1");
        assertThat(event.has("eventId")).isTrue();
        assertThat(event.path("eventId").isNull()).isTrue();
    }

    @Test
    void anUnknownUserIsAnsweredNotRefused() {
        Answer answer = gateway.post("/v1/recommendations", "{\"userId\":\"never seen\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("items")).hasSize(3);
        assertThat(answer.body().at("/reflects/events").asInt()).isZero();
    }

    @Test
    void whoRefusedUnderTheAnonymousIdIsNotRecognisedByTheUserId() {
        site.profile("visitor", List.of(), new Consent(false, false), null);

        Answer answer =
                gateway.post(
                        "/v1/recommendations",
                        "{\"userId\":\"ana\",\"anonymousId\":\"visitor\",\"consent\":{\"personalisation\":true}}");

        assertThat(answer.body().path("personalised").asBoolean(true)).isFalse();
        assertThat(answer.body().at("/reflects/events").asInt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | not-json",
                "[] | wrong-type",
                "{\"count\":0} | count-out-of-range",
                "{\"count\":101} | count-out-of-range",
                "{\"diversity\":NaN} | diversity-out-of-range",
                "{\"filter\":{\"field\":\"colour\",\"is\":\"red\"}} | unknown-filter-field",
                "{\"userId\":\"a\\ud800\"} | bad-id",
                "{\"usrId\":\"a\"} | unknown-field",
            })
    void aBadQuestionIsAProblemDocumentWithItsCode(String body, String code) {
        Answer answer = gateway.post("/v1/recommendations", body);

        answer.assertProblem(400, code);
        assertThat(answer.headers()).containsEntry("Content-Type", Problem.CONTENT_TYPE);
        assertThat(answer.at("/detail")).isNotBlank().doesNotContain("Exception");
    }

    @Test
    void aBodyOfAnotherTypeIsRefused() {
        ObjectNode request =
                Gateway.request(
                        "POST", "/v1/recommendations", Map.of("Content-Type", "text/plain"));

        assertThat(gateway.send(request.put("body", "{}")).status()).isEqualTo(415);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        Answer answer =
                gateway.post(
                        "/v1/recommendations", "{\"placement\":\"" + "x".repeat(70_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void similarItemsAreFoundByPathAndParameters() {
        Answer answer = gateway.ask("GET /v1/items/f1/similar?count=1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/items/0/itemId")).isEqualTo("f2");
    }

    @Test
    void similarToAnUnknownItemIsNotFound() {
        Answer answer = gateway.ask("GET /v1/items/nope/similar");

        answer.assertProblem(404, "unknown-item");
    }

    @Test
    void trendingTakesItsCountryFromCloudfrontWhereTheRequestHasNone() {
        for (int i = 0; i < 4; i++) {
            site.does("br" + i, EventType.VIEW, Target.item("c1"), Duration.ofMinutes(5), "BR");
        }
        String request = "GET /v1/trending\nCloudFront-Viewer-Country: BR";

        Answer answer = gateway.ask(request);

        assertThat(answer.at("/items/0/reasons/0/text")).isEqualTo("Trending in BR");
    }

    @Test
    void withoutCloudfrontACallersOwnCountryHeaderIsNotBelieved() {
        for (int i = 0; i < 4; i++) {
            site.does("br" + i, EventType.VIEW, Target.item("c1"), Duration.ofMinutes(5), "BR");
        }
        String request = "GET /v1/trending\nCloudFront-Viewer-Country: BR";

        Answer answer = gateway(new ViewerLocation(false)).ask(request);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/items/0/reasons/0/text")).doesNotContain("BR");
    }

    @Test
    void aBadParameterIsAProblemDocumentWithItsCode() {
        Answer answer = gateway.ask("GET /v1/trending?count=101");

        answer.assertProblem(400, "count-out-of-range");
    }

    @Test
    void anotherMethodIsNotAllowed() {
        Caller signed = new Caller.Signed("arn:aws:iam::111122223333:role/site");

        assertThat(gateway.as(signed).ask("GET /v1/recommendations").status()).isEqualTo(405);
    }

    @Test
    void eachAnswerIsMeasuredAndNoUserIsNamed() {
        gateway.post("/v1/recommendations", "{\"userId\":\"ana\",\"itemId\":\"nope\"}");

        assertThat(lines)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line).contains("\"Degraded\":1", "\"RecommendMs\":");
                            assertThat(line).doesNotContain("ana");
                        });
    }

    @ParameterizedTest
    @MethodSource("requestsForLists")
    void aServerIsToldTheTimeOfEachStage(String request) {
        site.nanos(slowerWithEachStage());

        assertThat(gateway.ask(request).headers())
                .containsEntry("Timing-Allow-Origin", "*")
                .containsEntry(
                        "Server-Timing",
                        "hydrate;dur=1.234, gather;dur=2.469, blend;dur=3.703, draw;dur=4.938,"
                                + " explain;dur=6.172");
    }

    @ParameterizedTest
    @MethodSource("requestsForLists")
    void aPageAndAUserAreToldNoTimes(String request) {
        site.nanos(slowerWithEachStage());

        for (Caller caller : List.of(PAGE, BEA)) {
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
        Answer first =
                gateway.post(
                        "/v1/recommendations", "{\"userId\":\"ana\",\"count\":4,\"paged\":true}");
        String page = "\",\"count\":4,\"page\":\"" + first.at("/next") + "\"}";
        Answer second = gateway.post("/v1/recommendations", "{\"userId\":\"ana" + page);
        Answer ofAnother = gateway.post("/v1/recommendations", "{\"userId\":\"bea" + page);
        Answer forged =
                gateway.post(
                        "/v1/recommendations", ("{\"userId\":\"ana" + page).replace("\"}", "A\"}"));

        assertThat(first.body().at("/items/3/position").asInt()).isEqualTo(4);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().at("/items/0/position").asInt()).isEqualTo(5);
        assertThat(second.at("/next")).isNotEmpty();
        ofAnother.assertProblem(400, "page-of-another-list");
        forged.assertProblem(400, "bad-page");
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

        JsonNode item =
                gateway.ask(lamps("title,tags,type,author,publishedAt,attributes.price"))
                        .body()
                        .at("/items/0");

        assertThat(item.toString())
                .isEqualTo(
                        "{\"itemId\":\"lamp\",\"title\":\"Desk lamp\",\"type\":\"product\","
                                + "\"tags\":[\"lamps\"],\"author\":\"Lux\","
                                + "\"publishedAt\":\"2026-04-30T12:00:00Z\","
                                + "\"attributes\":{\"price\":19.9},\"position\":1}");
        assertThat(gateway.ask(lamps("")).body().at("/items/0").toString())
                .isEqualTo("{\"itemId\":\"lamp\",\"position\":1}");
    }

    @Test
    void aBodyListsFieldsToo() {
        putLamp();

        Answer answer =
                gateway.post(
                        "/v1/recommendations",
                        "{\"filter\":{\"field\":\"itemId\",\"is\":\"lamp\"},"
                                + "\"fields\":[\"attributes.price\",\"attributes.none\",\"score\"]}");

        JsonNode item = answer.body().at("/items/0");
        assertThat(item.at("/attributes/price").asDouble()).isEqualTo(19.9);
        assertThat(item.path("attributes").size()).isEqualTo(1);
        assertThat(item.has("score")).isTrue();
        assertThat(item.has("title")).isFalse();
        assertThat(item.has("reasons")).isFalse();
    }

    @Test
    void aPageAndAUserReadPublicAttributesOnly() {
        site.put(
                Site.article("lamp", "Desk lamp", "lamps")
                        .attribute("cost", AttributeValue.of(7.1)));

        for (Caller caller : List.of(PAGE, BEA)) {
            Answer refused = gateway.as(caller).ask(lamps("attributes.price,attributes.cost"));
            refused.assertProblem(400, "attribute-not-public");
            assertThat(gateway.as(caller).ask(lamps("attributes.none")).code())
                    .isEqualTo("attribute-not-public");
            assertThat(gateway.as(caller).ask(lamps("attributes.price")).status()).isEqualTo(200);
        }
        assertThat(
                        gateway.ask(lamps("attributes.cost"))
                                .body()
                                .at("/items/0/attributes/cost")
                                .asDouble())
                .isEqualTo(7.1);
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
        String names =
                attributes.keySet().stream()
                        .map(name -> "attributes." + name)
                        .collect(Collectors.joining(","));
        for (int i = 0; i < 100; i++) {
            site.learn(List.of(new Example.ItemChanged(lamp(i, attributes), Map.of(), Site.NOW)));
        }
        Answer answer = gateway.ask("GET /v1/trending?count=100&fields=" + names);

        int whole = RecommendationJson.MAX_FIELD_CHARACTERS / (15 * 1_024);
        assertThat(answer.body().path("items")).hasSize(100);
        assertThat(answer.body().findValues("attributes")).hasSizeBetween(whole - 1, whole);
        assertThat(answer.body().path("degraded").asBoolean()).isTrue();
        assertThat(answer.body().path("degradedReasons").toString()).contains("fields-limit");
        assertThat(answer.body().toString().length()).isLessThan(1 << 20);
    }

    private static Item lamp(int number, Map<String, AttributeValue> attributes) {
        return Item.of(
                "lamp-" + number,
                1,
                new Item.Content(
                        "product", null, "Lamp", "", List.of(), null, Site.NOW, attributes));
    }

    @Test
    void reasonsAreInTheLanguageThatTheRequestAsksFor() {
        putLamp();
        String german = lamps("reasons") + "\nAccept-Language: de-AT, en;q=0.5";
        String french = lamps("reasons") + "&language=fr-CA\nAccept-Language: de";

        assertThat(gateway.ask(german).headers()).containsEntry("Content-Language", "de");
        assertThat(gateway.ask(german).at("/items/0/reasons/0/text")).isEqualTo("Neu in lamps");
        assertThat(gateway.ask(french).at("/items/0/reasons/0/text"))
                .isEqualTo("Nouveau dans lamps");
        assertThat(gateway.ask(lamps("reasons")).headers()).containsEntry("Content-Language", "en");
        Answer body = gateway.post("/v1/recommendations", "{\"language\":\"pt\"}");
        assertThat(body.headers()).containsEntry("Content-Language", "pt");
        assertThat(gateway.post("/v1/recommendations", "{\"language\":\"p t\"}").code())
                .isEqualTo("bad-language");
        assertThat(gateway.post("/v1/recommendations", "{\"language\":7}").code())
                .isEqualTo("bad-language");
    }

    @Test
    void aListThatAClientHasAlreadyIsConfirmedByItsEtag() {
        putLamp();
        Answer first = gateway.ask(lamps("title"));
        String etag = first.headers().get("ETag");
        String again = lamps("title") + "\nIf-None-Match: \"other\", " + etag;

        Answer confirmed = gateway.ask(again);

        assertThat(etag).matches("W/\"[A-Za-z0-9_-]{16}\"");
        assertThat(confirmed.status()).isEqualTo(304);
        assertThat(confirmed.headers())
                .containsEntry("ETag", etag)
                .containsEntry("Cache-Control", "private, no-cache")
                .containsEntry("Vary", "Authorization, Origin, Accept-Language");
        assertThat(first.headers()).containsEntry("Cache-Control", "private, no-cache");
    }

    @Test
    void anotherListHasAnotherEtag() {
        putLamp();
        List<String> etags = new ArrayList<>();
        etags.add(gateway.ask(lamps("title")).headers().get("ETag"));
        etags.add(gateway.ask(lamps("type")).headers().get("ETag"));
        String german = lamps("title") + "\nAccept-Language: de";
        etags.add(gateway.ask(german).headers().get("ETag"));
        site.put(Site.article("lamp-2", "Wall lamp", "lamps"));
        etags.add(gateway.ask(lamps("title")).headers().get("ETag"));
        etags.add(gateway.ask(similar("ana")).headers().get("ETag"));
        etags.add(gateway.ask(similar("bea")).headers().get("ETag"));
        String stale = lamps("title") + "\nIf-None-Match: " + etags.getFirst();

        assertThat(etags).doesNotHaveDuplicates().doesNotContainNull();
        assertThat(gateway.ask(stale).status()).isEqualTo(200);
        assertThat(gateway.post("/v1/recommendations", "{}").headers()).doesNotContainKey("ETag");
    }

    private static Stream<String> requestsForLists() {
        return Stream.of(
                "POST /v1/recommendations\nContent-Type: application/json\n\n{}",
                "GET /v1/items/f1/similar",
                "GET /v1/trending");
    }

    /** Returns a time whose n-th step takes n times 1,234,567 ns. */
    private static LongSupplier slowerWithEachStage() {
        AtomicLong readings = new AtomicLong();
        return () -> {
            long n = readings.getAndIncrement();
            return n * (n + 1) / 2 * 1_234_567;
        };
    }

    private static final String VISITOR = "anon-0123456789abcdefghijkl";
    private static final Caller PAGE = new Caller.Publishable(Gateway.KEY_ID, List.of());
    private static final Caller BEA =
            new Caller.User("bea", Gateway.KEY_ID, Gateway.AT.plusSeconds(600));

    private static String similar(String... userIds) {
        return "GET /v1/items/f1/similar?userId=" + String.join("&userId=", userIds);
    }

    @Test
    void aPageAsksForAnonymousUsersAndForNobody() {
        Gateway page = gateway.as(PAGE);

        assertThat(
                        page.post("/v1/recommendations", "{\"anonymousId\":\"" + VISITOR + "\"}")
                                .status())
                .isEqualTo(200);
        assertThat(page.post("/v1/recommendations", "{}").status()).isEqualTo(200);
        for (String named :
                List.of(
                        "{\"userId\":\"ana\"}",
                        "{\"anonymousId\":\"ana\"}",
                        "{\"userId\":\"ana\",\"consent\":{\"personalisation\":false}}",
                        "{\"anonymousId\":\"anon-1\"}",
                        "{\"anonymousId\":\"anon-aaaaaaaaaaaaaaaaaaaaa\"}",
                        "{\"anonymousId\":\"" + VISITOR + "\",\"userId\":\"ana\"}")) {
            Answer answer = page.post("/v1/recommendations", named);
            answer.assertProblem(403, "not-your-anonymous-id");
        }
        assertThat(page.ask(similar("ana")).code()).isEqualTo("not-your-anonymous-id");
    }

    @Test
    void aUserAsksForItselfAloneAlsoWhereItSaysItTwice() {
        Gateway bea = gateway.as(BEA);

        assertThat(bea.post("/v1/recommendations", "{\"userId\":\"bea\"}").status()).isEqualTo(200);
        assertThat(bea.post("/v1/recommendations", "{\"userId\":\"ana\"}").code())
                .isEqualTo("not-your-user");
        assertThat(bea.ask(similar("bea")).status()).isEqualTo(200);
        assertThat(bea.ask(similar("ana", "bea")).code()).isEqualTo("not-your-user");
        assertThat(bea.ask(similar("bea", "ana")).code()).isEqualTo("not-your-user");
    }

    @Test
    void aRefusalIsTheSameWhetherTheUserIsKnownOrNot() {
        Gateway bea = gateway.as(BEA);

        assertThat(bea.post("/v1/recommendations", "{\"userId\":\"ana\"}").body())
                .isEqualTo(bea.post("/v1/recommendations", "{\"userId\":\"nobody\"}").body());
    }
}
