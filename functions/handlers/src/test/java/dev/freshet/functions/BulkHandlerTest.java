package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.catalog.Attributes.PublicAttributes;
import dev.freshet.event.Consent;
import dev.freshet.event.EventTypes;
import dev.freshet.features.StoredInteraction;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.ranking.ReasonLanguages;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.Recommender;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.ForwardingInteractions;
import dev.freshet.testkit.Site;
import dev.freshet.testkit.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists in bulk are the lists that the API gives, and nothing beside a refused user is lost. */
class BulkHandlerTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int USERS = 1_000;
    private static final int MAX_TRIES = 20;
    private static final String[] ITEMS = {"f1", "f2", "f3", "c1", "c2", "c3", "t1", "t2"};

    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final List<String> lines = new ArrayList<>();
    private final Site site = site();
    private Runnable newestModel = () -> {};

    private static Site site() {
        Site site =
                new Site()
                        .put(
                                Site.article("f1", "Cup final tonight", "football"),
                                Site.article("f2", "Striker moves north", "football"),
                                Site.article("f3", "Keeper saves the day", "football"),
                                Site.article("c1", "Winter soup recipes", "cooking"),
                                Site.article("c2", "Bread without yeast", "cooking"),
                                Site.article("c3", "Soup of the day", "cooking"),
                                Site.article("t1", "Night train to the sea", "travel"),
                                Site.article("t2", "Sea without tourists", "travel"))
                        .crowdReads(30, Duration.ofHours(1), ITEMS);
        for (int user = 0; user < 300; user++) {
            site.reads(
                    "user-" + user,
                    Duration.ofMinutes(user + 1),
                    ITEMS[user % 8],
                    ITEMS[user / 8 % 8]);
        }
        return site;
    }

    private List<String> keys() {
        return objects.keys("", 1_000);
    }

    private BulkHandler handler(Recommender recommender) {
        return new BulkHandler(
                new BulkLists(
                        newestModel,
                        () -> recommender,
                        EventTypes.BUILT_IN,
                        new AnswerForm.Offer(PublicAttributes.DEFAULT, ReasonLanguages.OURS),
                        () -> Site.NOW),
                objects,
                new Metrics(Map.of("Stack", "test-main"), () -> Site.NOW, lines::add));
    }

    private static JsonNode batch(String request, List<String> users) throws IOException {
        return MAPPER.readTree(
                "{\"run\":\"mail\",\"request\":%s,\"users\":%s}".formatted(request, users));
    }

    private static String user(int line, String json) {
        return "{\"line\":%d,\"user\":%s}".formatted(line, json);
    }

    private static List<String> users(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(line -> user(line, "{\"userId\":\"user-%d\"}".formatted(line - 1)))
                .toList();
    }

    /** Invokes the function, again where a store was late on a busy machine. */
    private JsonNode invoke(JsonNode event) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return TestFunctions.invoke(handler(site.recommender()), event);
            } catch (LoggedHandler.FailedException failed) {
                if (tries == MAX_TRIES
                        || !String.valueOf(failed.getMessage())
                                .equals(StoreUnavailableException.class.getName())) {
                    throw failed;
                }
            }
        }
    }

    private List<JsonNode> lists() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String key : keys()) {
            byte[] object = objects.get(key).orElseThrow();
            try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(object))) {
                for (String line :
                        new String(json.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                    all.add(MAPPER.readTree(line));
                }
            }
        }
        return all;
    }

    /** Asserts that a batch fails and leaves no list. */
    private void assertFails(Recommender recommender, JsonNode batch) {
        assertThatThrownBy(() -> TestFunctions.invoke(handler(recommender), batch))
                .isInstanceOf(LoggedHandler.FailedException.class);
        assertThat(keys()).isEmpty();
    }

    @Test
    void theListsOfAThousandUsersAreThoseOfTheApi() throws IOException {
        Gateway api =
                new Gateway(new HandlersTarget().handler("/v1/recommendations", site::recommender));

        invoke(batch("{\"count\":5,\"placement\":\"mail\"}", users(1, 500)));
        invoke(batch("{\"count\":5,\"placement\":\"mail\"}", users(501, USERS)));

        List<JsonNode> lists = lists();
        assertThat(lists).hasSize(USERS);
        assertThat(keys())
                .containsExactly(
                        "bulk/mail/lists/0000000001-0000000500.jsonl.gz",
                        "bulk/mail/lists/0000000501-0000001000.jsonl.gz");
        for (int i = 0; i < USERS; i++) {
            ObjectNode list = (ObjectNode) lists.get(i);
            JsonNode answer =
                    api.post(
                                    "/v1/recommendations",
                                    "{\"userId\":\"user-%d\",\"count\":5,\"placement\":\"mail\"}"
                                            .formatted(i))
                            .body();
            assertThat(list.path("line").asInt()).isEqualTo(i + 1);
            assertThat(list.path("userId").asText()).isEqualTo("user-" + i);
            list.path("items").forEach(item -> ((ObjectNode) item).remove("propensity"));
            for (String member : List.of("items", "model", "reflects", "personalised")) {
                assertThat(list.path(member)).as(list.toString()).isEqualTo(answer.path(member));
            }
        }
        assertThat(lists.getFirst().at("/reflects/events").asInt()).isPositive();
        assertThat(lists.getLast().at("/reflects/events").asInt()).isZero();
        assertThat(lists.getLast().path("items")).hasSize(5);
    }

    @Test
    void aListCarriesWhatMeasuresAClickOnAMail() throws IOException {
        invoke(batch("{\"count\":3,\"placement\":\"mail\"}", users(1, 1)));

        JsonNode list = lists().getFirst();
        ExposureToken token =
                ExposureToken.open(list.path("exposure").asText(), Site.SIGNER).orElseThrow();
        assertThat(token.placement()).isEqualTo("mail");
        assertThat(token.recommendationId())
                .isEqualTo(list.path("recommendationId").asText())
                .isEqualTo(new BulkRun("mail").recommendationId("user-0\n"));
        assertThat(token.modelVersion()).isEqualTo(list.at("/model/version").asLong());
        assertThat(token.items()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            JsonNode item = list.path("items").get(i);
            assertThat(token.itemIds().get(i)).isEqualTo(item.path("itemId").asText());
            assertThat(item.path("propensity").asDouble())
                    .isEqualTo(token.items().get(i).propensity())
                    .isBetween(0.0, 1.0);
        }
    }

    @Test
    void aRepeatedBatchReplacesItsObjectByTheSameBytes() throws IOException {
        JsonNode event = batch("{\"count\":8}", users(1, 100));
        invoke(event);
        byte[] first = objects.get(keys().getFirst()).orElseThrow();

        invoke(event);

        assertThat(keys()).hasSize(1);
        assertThat(objects.get(keys().getFirst()).orElseThrow()).isEqualTo(first);
    }

    @Test
    void aRefusedUserIsToldAndTheOthersGetTheirLists() throws IOException {
        JsonNode answer =
                invoke(
                        batch(
                                "{\"count\":2}",
                                List.of(
                                        user(1, "{\"userId\":\"user-0\"}"),
                                        user(2, "{\"userId\":\"\"}"),
                                        user(3, "{\"name\":\"ana\"}"),
                                        user(4, "{}"),
                                        user(5, "7"),
                                        user(6, "{\"userId\":\"u\",\"context\":{\"country\":7}}"),
                                        user(7, "{\"anonymousId\":\"anon-7\"}"))));

        assertThat(answer.path("lists").asInt()).isEqualTo(2);
        assertThat(answer.path("refused").asInt()).isEqualTo(5);
        List<JsonNode> lists = lists();
        assertThat(lists).hasSize(7);
        assertThat(lists.get(0).path("items")).hasSize(2);
        assertThat(lists.get(6).path("items")).hasSize(2);
        assertThat(lists.get(6).path("anonymousId").asText()).isEqualTo("anon-7");
        assertThat(lists.subList(1, 6))
                .allSatisfy(
                        line -> {
                            assertThat(line.at("/refused/code").asText()).isNotEmpty();
                            assertThat(line.at("/refused/message").asText()).endsWith(".");
                            assertThat(line.has("items")).isFalse();
                        });
        assertThat(lines.getFirst()).contains("\"BulkLists\":2", "\"BulkRefused\":5");
    }

    @Test
    void theContextOfAUserComesBeforeThatOfTheRequest() throws IOException {
        site.put(Site.article("only-br", "Carnival", "travel").available(Set.of("BR"), null, null));

        invoke(
                batch(
                        "{\"count\":9,\"context\":{\"country\":\"DE\"}}",
                        List.of(
                                user(1, "{\"userId\":\"new-1\"}"),
                                user(
                                        2,
                                        "{\"userId\":\"new-2\",\"context\":{\"country\":\"BR\"}}"))));

        assertThat(lists().get(0).toString()).doesNotContain("only-br");
        assertThat(lists().get(1).toString()).contains("only-br");
    }

    @Test
    void whoRefusesPersonalisationAndWhoWasErasedGetListsByPlaceAndTime() throws IOException {
        site.profile("user-1", List.of(), new Consent(false, true), null)
                .profile("user-2", List.of(), null, Site.NOW);

        invoke(batch("{\"count\":8}", users(1, 3)));

        List<JsonNode> lists = lists();
        assertThat(lists.get(0).path("personalised").asBoolean()).isTrue();
        assertThat(lists.get(1).path("personalised").asBoolean()).isFalse();
        for (JsonNode list : lists.subList(1, 3)) {
            assertThat(list.at("/reflects/events").asInt()).isZero();
            assertThat(list.path("items")).hasSize(8);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"count\":0} | count",
                "{\"cuont\":1} | cuont",
                "{\"userId\":\"ana\"} | userId",
                "{\"session\":{\"items\":[]}} | session",
                "{\"paged\":true} | paged",
                "{\"list\":\"popular\"} | for-you",
                "{\"language\":\"!\"} | language",
                "{\"fields\":[\"nothing\"]} | nothing"
            })
    void aRequestThatBreaksARuleIsRefusedBeforeAnyList(String request, String word)
            throws IOException {
        assertThat(invoke(batch(request, List.of())).path("refusal").asText()).contains(word);
        assertFails(site.recommender(), batch(request, users(1, 1)));
    }

    @Test
    void aRequestThatBreaksNoRuleIsNotRefused() throws IOException {
        assertThat(invoke(batch("{\"count\":50,\"language\":\"de\"}", List.of())).path("refusal"))
                .hasToString("\"\"");
    }

    @Test
    void aStoreThatDoesNotAnswerFailsTheBatchInsteadOfForgettingItsUsers() throws IOException {
        Recommender withoutRows =
                site.recommender(
                        new ForwardingInteractions(site.interactions) {
                            @Override
                            public List<StoredInteraction> latest(List<String> users, int limit) {
                                throw new StoreUnavailableException(
                                        "Interactions", new IOException("down"));
                            }
                        },
                        site.users);

        assertFails(withoutRows, batch("{}", users(1, 10)));
    }

    @Test
    void neighboursThatAreStillBeingLoadedAreNamedInListsAndFailNoBatch() throws IOException {
        site.modelHas("neighbours-late");

        assertThat(invoke(batch("{\"count\":3}", users(1, 10))).path("lists").asInt())
                .isEqualTo(10);
        assertThat(lists())
                .allSatisfy(
                        list -> {
                            assertThat(list.path("items")).hasSize(3);
                            assertThat(list.path("degradedReasons").toString())
                                    .isEqualTo("[\"neighbours-late\"]");
                        });
    }

    @Test
    void aModelOfWhichNoVersionIsLoadedFailsTheBatch() throws IOException {
        site.modelHas("model-unavailable");

        assertFails(site.recommender(), batch("{}", users(1, 10)));
    }

    @Test
    void aModelThatCannotBeReadFailsTheBatchInsteadOfMakingListsOfAnOldOne() throws IOException {
        newestModel =
                () -> {
                    throw new StoreUnavailableException("The model log", new IOException("down"));
                };

        assertFails(site.recommender(), batch("{}", users(1, 10)));
    }

    @Test
    void aBatchIsBounded() throws IOException {
        assertFails(site.recommender(), batch("{}", users(1, BulkRun.BATCH + 1)));
    }
}
