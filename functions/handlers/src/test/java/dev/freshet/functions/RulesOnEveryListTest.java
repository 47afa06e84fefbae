package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.functions.BulkLists.BulkBatch;
import dev.freshet.functions.Gateway.Answer;
import dev.freshet.functions.HttpRequest.ViewerLocation;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.ranking.ReasonLanguages;
import dev.freshet.testkit.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A named rule holds on every list and by every route, or the request is refused. */
class RulesOnEveryListTest {
    private static final int SEEDS = 60;
    private static final int ITEMS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String IDS =
            "[\""
                    + String.join(
                            "\",\"", IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList())
                    + "\"]";

    /** Every request for a list; RULES stands for the names of rules as each form has them. */
    private static final List<String> REQUESTS =
            List.of(
                    "GET /v1/items/i0/similar?count=30&rules=RULES",
                    "GET /v1/lists/latest?count=30&rules=RULES",
                    "GET /v1/lists/popular?count=30&country=BR&rules=RULES",
                    "GET /v1/lists/popular?count=30&period=day&tag=t1&rules=RULES",
                    "GET /v1/lists/liked?count=30&rules=RULES",
                    "GET /v1/lists/top-rated?count=30&rules=RULES",
                    "GET /v1/lists/trending?count=30&rules=RULES",
                    "GET /v1/trending?count=30&userId=ana&rules=RULES",
                    post("\"list\":\"for-you\""),
                    post("\"list\":\"for-you\",\"userId\":\"ana\""),
                    post("\"list\":\"similar\",\"itemId\":\"i0\""),
                    post("\"list\":\"latest\",\"userId\":\"ana\""),
                    post("\"list\":\"popular\""),
                    post("\"list\":\"liked\""),
                    post("\"list\":\"top-rated\""),
                    post("\"list\":\"trending\",\"tag\":\"t1\""),
                    "POST /v1/rank {\"rules\":RULES,\"itemIds\":" + IDS + "}",
                    "POST /v1/rank {\"rules\":RULES,\"drop\":true,\"itemIds\":" + IDS + "}",
                    "POST /v1/recommendations/explain {\"request\":{\"count\":30,\"rules\":RULES}}");

    private final Site site = new Site();
    private final Gateway gateway =
            new Gateway(
                    TestFunctions.recommend(
                            site::recommender,
                            site::similarUsers,
                            () -> new Versioned(Model.EMPTY, 3, Site.NOW),
                            EventTypes.BUILT_IN,
                            new ViewerLocation(true),
                            new Metrics(Map.of(), () -> Site.NOW, line -> {})));

    /** A condition as JSON, and what it says in other words. */
    private record Condition(String json, IntPredicate holds) {}

    RulesOnEveryListTest() {
        for (int i = 0; i < ITEMS; i++) {
            site.put(
                    Site.article("i" + i, "Product " + i, "t" + i % 3)
                            .author("a" + i % 5)
                            .attribute("stock", AttributeValue.of(i % 4)));
        }
        for (int user = 0; user < 40; user++) {
            String name = "user-" + user;
            String[] read = {"i" + user % ITEMS, "i" + user * 7 % ITEMS, "i" + user * 11 % ITEMS};
            site.reads(name, Duration.ofMinutes(user), read);
            site.does(name, EventType.LIKE, Target.item(read[0]), Duration.ofMinutes(1), "BR");
        }
        site.learn(IntStream.range(0, 6 * ITEMS).mapToObj(RulesOnEveryListTest::rating).toList());
    }

    private static String post(String members) {
        return "POST /v1/recommendations {\"count\":30,\"rules\":RULES," + members + "}";
    }

    private static Example rating(int number) {
        return new Example.Interaction(
                new ShardPosition("ratings", BigInteger.valueOf(number)),
                new Pseudonym(1_000L + number / ITEMS),
                Target.item("i" + number % ITEMS),
                EventType.RATING,
                1.5f,
                4,
                Site.NOW.minusSeconds(60),
                Context.UNKNOWN);
    }

    private static Condition condition(RandomGenerator random, int depth) {
        int kind = random.nextInt(depth == 0 ? 4 : 6);
        int of = random.nextInt(kind == 2 ? 5 : 3);
        return switch (kind) {
            case 0 ->
                    new Condition(
                            "{\"field\":\"attributes.stock\",\"from\":%d}".formatted(1 + of),
                            item -> item % 4 >= 1 + of);
            case 1 ->
                    new Condition(
                            "{\"field\":\"tags\",\"contains\":\"t%d\"}".formatted(of),
                            item -> item % 3 == of);
            case 2 ->
                    new Condition(
                            "{\"field\":\"author\",\"is\":\"a%d\"}".formatted(of),
                            item -> item % 5 == of);
            case 3 ->
                    new Condition(
                            "{\"field\":\"itemId\",\"in\":[\"i%d\",\"i9\"]}".formatted(of),
                            item -> item == of || item == 9);
            case 4 -> {
                Condition one = condition(random, depth - 1);
                yield new Condition("{\"not\":%s}".formatted(one.json), one.holds.negate());
            }
            default -> {
                Condition one = condition(random, depth - 1);
                Condition other = condition(random, depth - 1);
                String both = "{\"%s\":[" + one.json + "," + other.json + "]}";
                yield random.nextBoolean()
                        ? new Condition(both.formatted("all"), one.holds.and(other.holds))
                        : new Condition(both.formatted("any"), one.holds.or(other.holds));
            }
        };
    }

    private Answer ask(String request, String... rules) {
        String names = String.join(",", rules);
        return request.startsWith("GET")
                ? gateway.ask(request.replace("RULES", names))
                : gateway.ask(
                        Gateway.text(request.replace("RULES", JSON.valueToTree(rules).toString())));
    }

    /** Returns the numbers of the items of a list that no filter withholds. */
    private static List<Integer> shown(JsonNode list) {
        return Stream.iterate(0, at -> at + 1)
                .limit(list.path("items").size())
                .map(list.path("items")::get)
                .filter(item -> !item.has("withheld"))
                .map(item -> Integer.valueOf(item.path("itemId").asText().substring(1)))
                .toList();
    }

    @Test
    void noListHasWhatTheFilterOfANamedRuleExcludes() throws IOException {
        TreeMap<String, Integer> listed = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Condition one = condition(random, 3);
            Condition other = condition(random, 1);
            site.rule("one", "{\"filter\":" + one.json + "}");
            site.rule("other", "{\"filter\":" + other.json + "}");
            for (String request : REQUESTS) {
                Answer answer = ask(request, "one", "other");
                answer.assertHas("200", "/degradedReasons = []");
                assertThat(shown(answer.body()))
                        .as("%s, seed %d: %s and %s", request, seed, one.json, other.json)
                        .allMatch(item -> one.holds.test(item) && other.holds.test(item));
                listed.merge(request, shown(answer.body()).size(), Integer::sum);
            }
            if (seed % 20 == 0) {
                assertThat(bulk())
                        .as("in bulk, seed %d: %s and %s", seed, one.json, other.json)
                        .allMatch(item -> one.holds.test(item) && other.holds.test(item));
            }
        }
        assertThat(listed)
                .hasSize(REQUESTS.size())
                .allSatisfy((_, items) -> assertThat(items).isPositive());
    }

    private List<Integer> bulk() throws IOException {
        String batch =
                """
                {"run":"mail","request":{"count":30,"rules":["one","other"]},
                 "users":[{"line":1,"user":{"userId":"ana"}}]}
                """;
        BulkLists lists =
                new BulkLists(
                        () -> {},
                        site::recommender,
                        EventTypes.BUILT_IN,
                        new AnswerForm.Offer(PublicAttributes.DEFAULT, ReasonLanguages.OURS),
                        () -> Site.NOW);
        byte[] made = lists.make(BulkBatch.of(JSON.readTree(batch))).jsonLines();
        return shown(JSON.readTree(new GZIPInputStream(new ByteArrayInputStream(made))));
    }

    @Test
    void aRuleThatIsNotKnownIsReportedByEveryRoute() {
        for (String request : REQUESTS) {
            ask(request, "sold", "gone").assertHas("200", "/degradedReasons = [\"unknown-rule\"]");
        }
    }

    @Test
    void aListThatTakesFiltersAloneRefusesARuleThatHasMore() {
        List<String> places =
                List.of(
                        "\"boost\":[{\"when\":{\"field\":\"type\",\"is\":\"article\"},\"factor\":2}]",
                        "\"limits\":[{\"field\":\"author\",\"max\":1}]",
                        "\"pins\":[{\"itemId\":\"i3\",\"position\":1}]",
                        "\"promotions\":[{\"filter\":{\"field\":\"type\",\"is\":\"x\"},\"share\":0.1}]",
                        "\"minScore\":0.5");
        for (String more : places) {
            site.rule("all", "{\"filter\":{\"field\":\"type\",\"is\":\"article\"}," + more + "}");
            TreeSet<String> taken = new TreeSet<>();
            for (String request : REQUESTS) {
                Answer answer = ask(request, "all");
                if (answer.status() == 200) {
                    taken.add(request);
                } else {
                    answer.assertProblem(400, "not-for-list");
                    assertThat(answer.at("/detail"))
                            .contains(more.substring(1, more.indexOf('"', 1)), "\"all\"");
                }
            }
            assertThat(taken)
                    .hasSize(5)
                    .allMatch(
                            one ->
                                    one.contains("for-you")
                                            || one.contains("/rank")
                                            || one.contains("explain"));
        }
    }

    @Test
    void aGetTakesAtMostTenNamesOfRulesAndHasATagByThem() {
        String path = "GET /v1/lists/popular?rules=";
        gateway.ask(path + "a,b,c,d,e,f,g,h,i,j,k").assertProblem(400, "too-many-rules");
        gateway.ask(path + "a,,b").assertHas("400");
        gateway.ask(path).assertHas("200", "/degradedReasons = []");
        site.rule("all", "{}");
        assertThat(gateway.ask(path + "all").headers().get("ETag"))
                .isNotEqualTo(gateway.ask(path).headers().get("ETag"));
    }
}
