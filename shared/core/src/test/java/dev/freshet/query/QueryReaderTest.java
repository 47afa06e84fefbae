package dev.freshet.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.UserIdentity;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.query.ListQuery.Period;
import dev.freshet.query.RecommendationQuery.Repeats;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryReaderTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aSessionNamesTypesOfTheOwner() throws Exception {
        EventTypes types = EventTypes.parse("{\"sent-back\": {\"slot\": 4, \"strength\": -3}}");
        String body = "{\"session\":{\"items\":[{\"itemId\":\"a\",\"type\":\"%s\"}]}}";
        JsonNode known = json(body.formatted("sent-back"));
        assertThat(QueryReader.recommendation(known, NOW, null, types).session())
                .containsExactly(new SessionItem("a", EventType.OWN_4, -1, NOW));
        JsonNode slot = json(body.formatted("own_4"));
        assertThatThrownBy(() -> QueryReader.recommendation(slot, NOW, null, types))
                .isInstanceOf(InvalidQueryException.class)
                .hasMessageContaining("There is no event type");
    }

    private static JsonNode json(String text) throws MalformedJsonException {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anEmptyObjectIsAQueryWithTheDefaults() {
        RecommendationQuery query = read("{}");

        assertThat(query.user()).isNull();
        assertThat(query.count()).isEqualTo(20);
        assertThat(query.context()).isEqualTo(Context.UNKNOWN);
        assertThat(query.filter()).isEqualTo(Filter.EVERYTHING);
        assertThat(query.repeats()).isEqualTo(Repeats.BY_ITEM);
        assertThat(query.placement()).isEqualTo("default");
    }

    @Test
    void everyMemberIsRead() {
        RecommendationQuery query =
                read(
                        """
                        {"userId":"ana","anonymousId":"a-1","count":7,"placement":"home","itemId":"i9","diversity":0.5,
                         "repeats":"always",
                         "session":{"id":"s-1","items":[{"itemId":"i1"},{"itemId":"i2","type":"like","at":"2026-05-01T11:59:00Z"}]},
                         "context":{"device":"mobile","country":"br","region":"BR-SP","localHour":9},
                         "filter":{"field":"type","is":"video"},
                         "boost":[{"when":{"field":"tags","contains":"football"},"factor":2}]}
                        """);

        assertThat(query.user()).isEqualTo(new UserIdentity("ana", "a-1"));
        assertThat(query.count()).isEqualTo(7);
        assertThat(query.placement()).isEqualTo("home");
        assertThat(query.itemId()).isEqualTo("i9");
        assertThat(query.diversity()).isEqualTo(0.5);
        assertThat(query.repeats()).isEqualTo(Repeats.ALWAYS);
        assertThat(query.sessionId()).isEqualTo("s-1");
        assertThat(query.session())
                .containsExactly(
                        new SessionItem("i1", EventType.VIEW, NOW),
                        new SessionItem(
                                "i2", EventType.LIKE, Instant.parse("2026-05-01T11:59:00Z")));
        assertThat(query.context().country()).isEqualTo("BR");
        assertThat(query.context().localHour()).isEqualTo(9);
        assertThat(query.filter()).isEqualTo(in(Filter.Field.TYPE, AttributeValue.of("video")));
        assertThat(query.boosts())
                .containsExactly(new Boost(new Filter.Contains(Filter.Field.TAGS, "football"), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'field':'type','is':'a','all':[],'any':[]}|{'field':'type','is':'a'}",
                "{'all':[{'field':'type','is':'a'}],'any':[]}|{'all':[{'field':'type','is':'a'}]}",
                "{'not':{'field':'type','is':'a'},'any':[]}|{'not':{'field':'type','is':'a'}}",
                "{'field':'type','is':'a','in':null,'to':null}|{'field':'type','is':'a'}"
            })
    void aFilterMayHaveEmptyListsAndNullsBesideWhatItMeans(String written, String meant)
            throws MalformedJsonException {
        assertThat(filter(written)).isEqualTo(filter(meant));
    }

    private static Filter filter(String filter) throws MalformedJsonException {
        String body = "{\"filter\":%s}".formatted(filter.replace('\'', '"'));
        return QueryReader.recommendation(json(body), NOW, null, EventTypes.BUILT_IN).filter();
    }

    @Test
    void anEmptyListOfFieldsSaysNoMoreThanNone() {
        assertThat(ItemFields.of(Map.of("fields", ""))).isEqualTo(ItemFields.USUAL);
        ItemFields bare = ItemFields.of(Map.of("fields", "itemId,position"));
        assertThat(bare.members()).isEmpty();
        assertThat(bare.attributes()).isEmpty();
    }

    @Test
    void aSessionMayHaveAnIdOrItemsAlone() {
        assertThat(read("{\"session\":{\"id\":\"s-1\"}}").session()).isEmpty();
        assertThat(read("{\"session\":{\"id\":\"s-1\"}}").sessionId()).isEqualTo("s-1");
        assertThat(read("{\"session\":{\"items\":[]}}").sessionId()).isNull();
        assertThat(read("{}").sessionId()).isNull();
        assertThatThrownBy(() -> read("{\"session\":{\"id\":\" \"}}"))
                .isInstanceOf(InvalidQueryException.class);
    }

    @Test
    void aSessionItemFromTheFutureIsTakenAsOfNow() {
        String body =
                "{\"session\":{\"items\":[{\"itemId\":\"i1\",\"at\":\"2099-01-01T00:00:00Z\"}]}}";
        assertThat(read(body).session().getFirst().at()).isEqualTo(NOW);
    }

    @Test
    void aFilterIsATreeOfTypedConditions() {
        RecommendationQuery query =
                read(
                        """
                        {"filter":{"all":[
                          {"any":[{"field":"author","in":["x","y"]},{"field":"attributes.paid","in":["no",4.0,true]},
                                  {"field":"attributes.sizes","contains":"XL"}]},
                          {"not":{"field":"publishedAt","from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}}]}}
                        """);

        Filter author = in(Filter.Field.AUTHOR, AttributeValue.of("x"), AttributeValue.of("y"));
        Filter paid =
                in(
                        new Filter.Field("attributes.paid"),
                        AttributeValue.of("no"),
                        AttributeValue.of(4),
                        AttributeValue.of(true));
        Filter sizes = new Filter.Contains(new Filter.Field("attributes.sizes"), "XL");
        Instant january = Instant.parse("2026-01-01T00:00:00Z");
        Instant february = Instant.parse("2026-02-01T00:00:00Z");
        Filter during = new Filter.During(Filter.Field.PUBLISHED_AT, january, february);
        Filter any = new Filter.Any(List.of(author, paid, sizes));
        assertThat(query.filter()).isEqualTo(new Filter.All(List.of(any, new Filter.Not(during))));
    }

    private static Filter in(Filter.Field field, AttributeValue... values) {
        return new Filter.In(field, Set.of(values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | not-json",
                "[] | wrong-type",
                "{\"count\":0} | count-out-of-range",
                "{\"count\":101} | count-out-of-range",
                "{\"count\":-1e30} | count-out-of-range",
                "{\"count\":1.5} | wrong-type",
                "{\"count\":\"5\"} | wrong-type",
                "{\"count\":NaN} | wrong-type",
                "{\"diversity\":NaN} | diversity-out-of-range",
                "{\"boost\":[{\"when\":{\"all\":[]},\"factor\":NaN}]} | boost-out-of-range",
                "{\"count\":5,\"count\":6} | not-json",
                "{} {} | not-json",
                "{\"kount\":5} | unknown-field",
                "{\"userId\":\"\"} | bad-id",
                "{\"userId\":7} | bad-id",
                "{\"userId\":\"a\\ud800b\"} | bad-id",
                "{\"userId\":\"a\\u0000b\"} | bad-id",
                "{\"placement\":\"\\udc00\"} | bad-text",
                "{\"diversity\":1.1} | diversity-out-of-range",
                "{\"diversity\":\"NaN\"} | wrong-type",
                "{\"repeats\":\"sometimes\"} | unknown-repeats",
                "{\"context\":{\"country\":\"Brazil\"}} | bad-country",
                "{\"context\":{\"localHour\":24}} | hour-out-of-range",
                "{\"context\":{\"ip\":\"10.0.0.1\"}} | unknown-field",
                "{\"session\":{\"items\":[{}]}} | missing-field",
                "{\"session\":{\"items\":[{\"itemId\":\"a\",\"type\":\"stare\"}]}} | unknown-type",
                "{\"session\":{\"items\":[{\"itemId\":\"a\",\"at\":\"yesterday\"}]}} | bad-time",
                "{\"boost\":[{\"factor\":2}]} | missing-field",
                "{\"boost\":[{\"when\":{\"all\":[]},\"factor\":11}]} | boost-out-of-range",
                "{\"filter\":{\"field\":\"colour\",\"is\":\"red\"}} | unknown-filter-field",
                "{\"filter\":{\"field\":\"attributes.\",\"is\":\"red\"}} | unknown-filter-field",
                "{\"filter\":{\"field\":\"tags\",\"is\":\"red\"}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"contains\":\"red\"}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"is\":5}} | wrong-type",
                "{\"filter\":{\"field\":\"attributes.a\",\"is\":[1]}} | wrong-type",
                "{\"filter\":{\"field\":\"attributes.a\",\"is\":NaN}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"contains\":5}} | wrong-type",
                "{\"filter\":{\"field\":\"type\"}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"from\":1}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"is\":\"a\",\"in\":[\"b\"]}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"is\":\"a\",\"exists\":true}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"exists\":\"yes\"}} | bad-filter",
                "{\"filter\":{\"field\":\"type\",\"startsWith\":\"\"}} | bad-filter",
                "{\"filter\":{\"field\":\"publishedAt\",\"from\":5}} | wrong-type",
                "{\"filter\":{\"field\":\"publishedAt\",\"from\":\"2026-05-01T00:00:00Z\",\"exists\":true}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"from\":5,\"to\":\"2026-05-01T00:00:00Z\"}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"from\":1e400}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"from\":\"tomorrow\"}} | bad-time",
                "{\"filter\":{\"field\":\"attributes.a\",\"from\":1,\"is\":1}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"is\":{\"user\":\"\"}}} | bad-filter",
                "{\"filter\":{\"field\":\"attributes.a\",\"is\":{\"item\":\"a\"}}} | unknown-field",
                "{\"filter\":{\"field\":\"attributes.a\",\"in\":[{\"user\":\"a\"}]}} | wrong-type",
                "{\"filter\":{\"interacted\":[]}} | wrong-type",
                "{\"filter\":{\"interacted\":{\"types\":[\"stare\"]}}} | unknown-type",
                "{\"filter\":{\"interacted\":{\"types\":[\"impression\"]}}} | bad-filter",
                "{\"filter\":{\"interacted\":{\"within\":\"P1M\"}}} | bad-filter",
                "{\"filter\":{\"interacted\":{\"within\":\"-P1D\"}}} | bad-filter",
                "{\"filter\":{\"interacted\":{\"within\":\"P3661D\"}}} | bad-filter",
                "{\"filter\":{\"field\":\"publishedAt\"}} | bad-filter",
                "{\"filter\":{}} | bad-filter",
                "{\"filter\":{\"all\":[],\"any\":[]}} | bad-filter",
                "{\"filter\":{\"some\":[]}} | unknown-field",
                "{\"filter\":{\"not\":null}} | bad-filter",
                "{\"filter\":[]} | wrong-type",
                "{\"limits\":{}} | wrong-type",
                "{\"rules\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\",\"k\"]} | too-many-rules",
                "{\"rules\":[7]} | wrong-type",
                "{\"limits\":[{\"field\":\"author\"}]} | missing-field",
                "{\"limits\":[{\"field\":\"publishedAt\",\"max\":1}]} | unknown-limit-field",
                "{\"limits\":[{\"field\":\"author\",\"max\":0}]} | limit-out-of-range",
                "{\"limits\":[{\"field\":\"author\",\"max\":1},{\"field\":\"author\",\"max\":2}]} | limit-twice",
                "{\"limits\":[0,0,0,0,0,0,0,0,0,0,0]} | too-many-limits",
                "{\"pins\":[{\"itemId\":\"a\"}]} | missing-field",
                "{\"pins\":[{\"itemId\":\"a\",\"position\":0}]} | pin-out-of-range",
                "{\"pins\":[{\"itemId\":\"a\",\"position\":101}]} | pin-out-of-range",
                "{\"pins\":[{\"itemId\":\"a\",\"position\":1},{\"itemId\":\"a\",\"position\":2}]} | pin-twice",
                "{\"pins\":[{\"itemId\":\"a\",\"position\":1},{\"itemId\":\"b\",\"position\":1}]} | pin-twice",
                "{\"promotions\":[{\"share\":1}]} | missing-field",
                "{\"promotions\":[{\"filter\":{\"all\":[]},\"share\":0}]} | share-out-of-range",
                "{\"promotions\":[{\"filter\":{\"all\":[]},\"share\":NaN}]} | share-out-of-range",
                "{\"promotions\":[{\"filter\":{\"all\":[]},\"share\":0.6},{\"filter\":{\"all\":[]},\"share\":0.6}]} | shares-above-one",
                "{\"minScore\":1} | min-score-out-of-range",
                "{\"minScore\":-0.1} | min-score-out-of-range",
                "{\"minScore\":NaN} | min-score-out-of-range",
                "{\"placement\":\"others\"} | reserved-placement",
                "{\"placement\":\"(others)\"} | reserved-placement",
            })
    void whatCannotBeAnsweredIsRefusedWithItsCode(String body, String code) {
        assertThat(refusal(body).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void theEndsOfTheRangeOfCountsAreTaken(int count) {
        assertThat(read("{\"count\":" + count + "}").count()).isEqualTo(count);
    }

    @Test
    void anIdOf129CharactersIsRefused() {
        assertThat(refusal("{\"userId\":\"" + "x".repeat(129) + "\"}").code()).isEqualTo("bad-id");
        assertThat(read("{\"userId\":\"" + "x".repeat(128) + "\"}").user()).isNotNull();
    }

    static Stream<Arguments> bodiesBeyondABound() {
        String video = "{\"field\":\"type\",\"is\":\"video\"}";
        return Stream.of(
                Arguments.of("filter-too-deep", nested(11, "{\"not\":", "{\"all\":[]}")),
                Arguments.of("not-json", nested(1_000, "{\"filter\":", "{}")),
                Arguments.of(
                        "filter-too-large",
                        "{\"filter\":" + all(times(8, all(times(32, video)))) + "}"),
                Arguments.of("query-too-large", " ".repeat(QueryReader.MAX_BODY + 1)));
    }

    private static String nested(int depth, String opening, String inner) {
        String body = opening.repeat(depth) + inner + "}".repeat(depth);
        return depth > 100 ? body : "{\"filter\":" + body + "}";
    }

    private static String times(int times, String part) {
        return String.join(",", Collections.nCopies(times, part));
    }

    private static String all(String parts) {
        return "{\"all\":[" + parts + "]}";
    }

    @ParameterizedTest
    @MethodSource("bodiesBeyondABound")
    void aBodyBeyondABoundIsRefused(String code, String body) {
        assertThat(refusal(body).code()).isEqualTo(code);
    }

    @Test
    void aRequestMayAskSixteenTimesWhatItsUserDid() {
        String part = "{\"interacted\":{\"types\":[\"view\"]}}";

        assertThat(read(any(part, 16)).filter()).isInstanceOf(Filter.Any.class);
        assertThat(refusal(any(part, 17)).code()).isEqualTo("filter-too-large");
    }

    @Test
    void aConditionMayNameAnOwnersTypeButNotItsSlot() throws MalformedJsonException {
        EventTypes shop = EventTypes.parse("{\"try-on\": {\"slot\": 3, \"strength\": 2}}");
        String body = "{\"filter\":{\"interacted\":{\"types\":[\"try-on\"]}}}";

        Set<EventType> tried = Set.of(shop.ofName("try-on").orElseThrow());
        assertThat(QueryReader.recommendation(json(body), NOW, null, shop).filter())
                .isEqualTo(new Filter.Interacted(tried, null));
        assertThat(refusal(body).code()).isEqualTo("unknown-type");
        assertThat(refusal(body)).hasMessageContaining("; there are view, click,");
        assertThat(refusal(body.replace("try-on", "own_3")).code()).isEqualTo("unknown-type");
    }

    private static String any(String part, int times) {
        return "{\"filter\":{\"any\":[" + times(times, part) + "]}}";
    }

    @Test
    void theRulesOfAListAreRead() {
        ListRules rules =
                read("""
                {"rules":["in-stock","teens","in-stock"],"limits":[{"field":"attributes.brand","max":2}],"pins":[{"itemId":"x","position":3}],
                 "promotions":[{"filter":{"field":"type","is":"video"},"share":0.2}],"minScore":0.4}
                """)
                        .rules();

        Filter videos = in(Filter.Field.TYPE, AttributeValue.of("video"));
        assertThat(rules.names()).containsExactly("in-stock", "teens");
        assertThat(rules.limits())
                .containsExactly(new ListRules.Limit(new Filter.Field("attributes.brand"), 2));
        assertThat(rules.pins()).containsExactly(new ListRules.Pin("x", 3));
        assertThat(rules.promotions()).containsExactly(new ListRules.Promotion(videos, 0.2));
        assertThat(rules.minScore()).isEqualTo(0.4);
        assertThat(read("{}").rules()).isEqualTo(ListRules.NONE);
    }

    @Test
    void allAndAnyTakeAsManyEntriesAsARequestMayHaveNodesBesideThem() {
        String part = "{\"field\":\"type\",\"is\":\"video\"}";

        for (String name : List.of("all", "any")) {
            String wide = "{\"filter\":{\"" + name + "\":[";
            assertThat(read(wide + times(FilterReader.MAX_NODES - 1, part) + "]}}").nodes())
                    .isEqualTo(FilterReader.MAX_NODES);
            assertThat(refusal(wide + times(FilterReader.MAX_NODES, part) + "]}}").code())
                    .isEqualTo("filter-too-large");
        }
    }

    @Test
    void theFilterAndTheBoostsOfARequestShareOneBoundOfParts() {
        String part = "{\"field\":\"type\",\"is\":\"video\"}";
        String wide = all(times(31, part));
        String boost = "{\"factor\":2,\"when\":" + wide + "}";
        String filter = "{\"filter\":" + wide + ",\"boost\":[";

        assertThat(read(filter + times(7, boost) + "]}").boosts())
                .as("8 trees of 32 parts")
                .hasSize(7);
        assertThat(refusal(filter + times(8, boost) + "]}").code()).isEqualTo("filter-too-large");
    }

    @Test
    void theSentenceNamesTheMisspeltMemberAndTheKnownOnes() {
        assertThat(refusal("{\"context\":{\"contry\":\"BR\"}}"))
                .hasMessageContaining("\"contry\"")
                .hasMessageContaining("context")
                .hasMessageContaining("country");
    }

    @Test
    void theParametersOfSimilarAreRead() {
        String videos = "{\"field\":\"type\",\"is\":\"video\"}";
        Map<String, String> parameters =
                Map.of("count", "5", "country", "br", "userId", "ana", "filter", videos);
        RecommendationQuery query = QueryReader.similar("i1", parameters, null).query();

        assertThat(query.itemId()).isEqualTo("i1");
        assertThat(query.count()).isEqualTo(5);
        assertThat(query.context().country()).isEqualTo("BR");
        assertThat(query.user()).isEqualTo(UserIdentity.user("ana"));
        assertThat(query.filter()).isEqualTo(in(Filter.Field.TYPE, AttributeValue.of("video")));
    }

    @Test
    void theParametersOfAListAreRead() {
        Map<String, String> parameters =
                Map.of("tag", "football", "country", "PT", "period", "hour");
        ListQuery query = QueryReader.list(NamedList.POPULAR, parameters, null);

        assertThat(query.list()).isEqualTo(NamedList.POPULAR);
        assertThat(query.tag()).isEqualTo("football");
        assertThat(query.period()).isEqualTo(Period.HOUR);
        assertThat(query.query().context().country()).isEqualTo("PT");
        assertThat(query.query().count()).isEqualTo(20);
    }

    @Test
    void onlyPopularItemsHaveAPeriod() {
        assertThat(code(() -> QueryReader.list(NamedList.TRENDING, Map.of("period", "hour"), null)))
                .isEqualTo("unknown-parameter");
    }

    private static String code(ThrowingCallable reading) {
        return catchThrowableOfType(InvalidQueryException.class, reading).code();
    }

    @ParameterizedTest
    @CsvSource({
        "count,0,count-out-of-range",
        "count,many,count-out-of-range",
        "cuont,5,unknown-parameter",
        "tag,football,unknown-parameter",
        "country,BRA,bad-country",
        "filter,{,not-json"
    })
    void badParametersOfSimilarAreRefusedWithTheirCode(String name, String value, String code) {
        assertThat(code(() -> QueryReader.similar("i1", Map.of(name, value), null)))
                .isEqualTo(code);
    }

    private static RecommendationQuery read(String body) {
        return QueryReader.recommendation(body, NOW);
    }

    private static InvalidQueryException refusal(String body) {
        return catchThrowableOfType(InvalidQueryException.class, () -> read(body));
    }
}
