package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventTypes;
import dev.freshet.example.ExampleLog;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogHandlerTest {
    private final MemoryCatalog items =
            new MemoryCatalog(new SettableClock(Instant.parse("2026-11-24T12:00:00Z")));
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final List<String> lines = new ArrayList<>();
    private final Metrics metrics =
            new Metrics(Map.of("Stack", "test-default"), () -> Instant.EPOCH, lines::add);
    private final Gateway gateway = gateway(told, ItemEmbedding.NONE);

    private Gateway gateway(ExampleLog examples, ItemEmbedding embedding) {
        return new Gateway(
                TestFunctions.catalog(
                        items,
                        examples,
                        embedding,
                        TestFunctions.experiments(new MemoryExampleLog(), EventTypes.BUILT_IN),
                        metrics,
                        () -> Instant.EPOCH));
    }

    private Gateway.Answer put(String json) {
        return gateway.ask("PUT /v1/items", json);
    }

    private Gateway.Answer patch(String json, String type) {
        return gateway.ask("PATCH /v1/items/tea\nContent-Type: " + type + "\n\n" + json);
    }

    @Test
    void anItemIsPut() {
        put("{\"itemId\": \"tea\", \"version\": 1, \"title\": \"Tea\"}")
                .assertHas("200", "/accepted = 1");
        assertThat(items.get("tea")).map(Item::title).contains("Tea");
        assertThat(told.records()).hasSize(1);
    }

    @Test
    void anItemNeedsNoVersionAndNullsAreLeftOutAndTheLaterOfTwoStays() {
        gateway.post(
                        "/v1/items",
                        """
                        {"items": [{"itemId": "tea", "title": "Tea", "language": null, "attributes": {"old": null}},
                                   {"itemId": "tea", "title": "Green tea"}], "more": null}
                        """)
                .assertHas("/accepted = 2");
        assertThat(items.get("tea")).map(Item::title).contains("Green tea");
        put("{\"itemId\": \"tea\", \"title\": \"Black tea\"}").assertHas("200");
        assertThat(items.get("tea")).map(Item::title).contains("Black tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", " ", ""})
    void anIdThatNoPathCanNameIsRefusedInEveryRequest(String id) {
        String item = "{\"itemId\": \"%s\", \"version\": 1}".formatted(id);

        put(item).assertProblem(400, "bad-item-id");
        gateway.post("/v1/items", "{\"items\": [%s]}".formatted(item))
                .assertHas("/rejected/0/code = bad-item-id");
        if (!id.isEmpty()) {
            assertThat(gateway.ask("DELETE /v1/items/" + id).code()).isEqualTo("bad-item-id");
        }
        assertThat(told.records()).isEmpty();
    }

    @Test
    void theLongestListOfItemsFitsIntoARequestOfLambdaOnceItIsEscaped() {
        int lambda = 6 << 20;
        String item =
                """
                {"itemId":"item-0000","version":1,"title":"A \\"short\\" title",\
                "tags":["a","b","c"],"attributes":{"a":"1","b":"2"}},\
                """;
        String items = "{\"items\":[" + item.repeat(CatalogHandler.MAX_ITEMS_BYTES / item.length());
        ObjectNode event =
                Gateway.request("POST", "/v1/items", Map.of("Content-Type", "application/json"))
                        .put("body", items);

        assertThat(event.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(lambda);
        gateway.post("/v1/items", "x".repeat(CatalogHandler.MAX_ITEMS_BYTES + 1)).assertHas("413");
    }

    @Test
    void anItemThatShouldHaveHadAnEmbeddingIsAcceptedReportedAndCounted() {
        gateway(told, ItemEmbedding.using(new Mute(), Duration.ofSeconds(1), () -> Instant.EPOCH))
                .post(
                        "/v1/items",
                        """
                        {"items": [{"itemId": "a", "version": 1},
                                   {"itemId": "b", "version": 1, "title": "Tea"}]}
                        """)
                .assertHas("200", "/accepted = 2", "/unembedded = [1]");
        assertThat(lines).singleElement().asString().contains("\"ItemsWithoutEmbedding\":1");
    }

    private static final class Mute implements Embedder {
        @Override
        public String origin() {
            return "mute";
        }

        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public float[] embed(String text) {
            throw new EmbedderUnavailableException("down", new IOException("down"));
        }
    }

    @Test
    void aVersionIsANumberAndAnOlderOneIsAConflict() {
        gateway.assertAnswers(
                """
                PUT /v1/items {"itemId": "tea", "version": "new"} -> 400 bad-version
                PUT /v1/items {"itemId": "tea", "version": 2} -> 200
                PUT /v1/items {"itemId": "tea", "version": 2} -> 200
                PUT /v1/items {"itemId": "tea", "version": 1} -> 409 older-version
                """);
    }

    @Test
    void ofManyTheBadOnesAreRefusedBesideTheGood() {
        put("{\"itemId\": \"milk\", \"version\": 9}");

        Gateway.Answer answer =
                gateway.post(
                        "/v1/items",
                        """
                        {"items": [{"itemId": "tea", "version": 1}, {"itemId": "coffee", "version": 0.5}, {"itemId": "milk", "version": 1}, 5]}
                        """);

        answer.assertHas("200", "/accepted = 1");
        assertThat(answer.body().path("rejected"))
                .extracting(r -> r.path("index").asInt(), r -> r.path("code").asText())
                .containsExactlyInAnyOrder(
                        tuple(1, "bad-version"),
                        tuple(2, "older-version"),
                        tuple(3, "item-not-an-object"));
    }

    @Test
    void moreThanFiveHundredItemsAreRefusedAsAWhole() {
        String many =
                IntStream.rangeClosed(0, 500)
                        .mapToObj("{\"itemId\":\"item-%d\",\"version\":1}"::formatted)
                        .collect(Collectors.joining(",", "{\"items\":[", "]}"));

        gateway.post("/v1/items", many).assertProblem(400, "too-many-items");
        assertThat(items.get("item-0")).isEmpty();
    }

    @Test
    void withoutItemsThereIsNothingToPut() {
        gateway.assertAnswers(
                """
                POST /v1/items {} -> 400 missing-items
                POST /v1/items {"items": []} -> 400 missing-items
                POST /v1/items [1] -> 400 missing-items
                POST /v1/items {"items": [ -> 400 not-json
                """);
    }

    @Test
    void whatCouldNotBePlacedIsNamedWith503() {
        ExampleLog silent =
                record -> {
                    throw new StoreUnavailableException("Examples", new IOException("no answer"));
                };

        gateway(silent, ItemEmbedding.NONE)
                .post("/v1/items", "{\"items\": [5, {\"itemId\": \"tea\", \"version\": 1}]}")
                .assertHas("503", "/notStored = [1]", "#/rejected = 1");
    }

    private Gateway.Answer get(String id) {
        return gateway.ask("GET /v1/items/" + id);
    }

    private Gateway.Answer list(String query) {
        return gateway.ask("GET /v1/items?" + query);
    }

    @Test
    void anItemIsReadAsItWasPut() {
        put(
                """
                {"itemId": "tea", "version": 3, "type": "drink", "title": "Tea", "text": "Leaves.", "tags": ["hot"],
                 "attributes": {"price": 4.0, "sale": false, "sizes": ["S", "L"]}, "embedding": [1, -0.5]}
                """);

        Gateway.Answer answer = get("tea");

        answer.assertHas(
                """
                200
                /version = 3
                /text = Leaves.
                /attributes = {"price":4,"sale":false,"sizes":["S","L"]}
                """);
        put(answer.body().toString()).assertHas("200");
        assertThat(get("tea").body()).isEqualTo(answer.body());
    }

    @Test
    void anItemThatIsDeletedOrWasNeverThereIsUnknown() {
        gateway.assertAnswers(
                """
                PUT /v1/items {"itemId": "tea"} -> 200
                DELETE /v1/items/tea -> 204
                GET /v1/items/tea -> 404 unknown-item
                GET /v1/items/coffee -> 404 unknown-item
                PATCH /v1/items/tea {} -> 404 unknown-item
                GET /v1/items/.. -> 400 bad-item-id
                """);
    }

    @Test
    void aListIsReadPageByPage() {
        for (int i = 0; i < 7; i++) {
            put("{\"itemId\": \"item-%d\"}".formatted(i));
        }
        gateway.ask("DELETE /v1/items/item-3");
        List<String> ids = new ArrayList<>();
        String after = "";
        do {
            Gateway.Answer page = list("count=2" + after);
            page.body().path("items").forEach(item -> ids.add(item.path("itemId").asText()));
            after = page.body().has("next") ? "&after=" + page.at("/next") : "";
        } while (!after.isEmpty());

        assertThat(ids).containsExactly("item-0", "item-1", "item-2", "item-4", "item-5", "item-6");
    }

    @Test
    void aCursorThatWasChangedIsRefused() {
        put("{\"itemId\": \"a\"}");
        put("{\"itemId\": \"b\"}");
        String cursor = list("count=1").at("/next");
        List<String> changed =
                new ArrayList<>(
                        List.of("", "A", cursor + "A", cursor + "=", "%", "x".repeat(5_000)));
        for (int at = 0; at < cursor.length(); at++) {
            char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
            changed.add(cursor.substring(0, at) + other + cursor.substring(at + 1));
        }

        list("after=" + cursor).assertHas("200");
        assertThat(changed)
                .allSatisfy(after -> list("after=" + after).assertProblem(400, "bad-cursor"));
        for (String count : List.of("0", "101", "-1", "1.5", "many", "")) {
            list("count=" + count).assertProblem(400, "count-out-of-range");
        }
    }

    @Test
    void aPatchChangesTheMembersThatItNamesAndRemovesThoseThatAreNull() {
        put(
                """
                {"itemId": "tea", "version": 3, "title": "Tea", "text": "Leaves.", "tags": ["hot"], "author": "Ann",
                 "attributes": {"price": 4, "sale": true}, "embedding": [1, -0.5]}
                """);

        Gateway.Answer answer =
                patch(
                        """
                        {"author": null, "tags": ["cold"], "attributes": {"price": 5, "sale": null}}
                        """,
                        "application/merge-patch+json");

        answer.assertHas(
                "200",
                "/author = -",
                "/tags = [\"cold\"]",
                "/attributes = {\"price\":5}",
                "/text = Leaves.",
                "/embedding = [1.0,-0.496063]",
                "/version = 4");
        assertThat(get("tea").body()).isEqualTo(answer.body());
        assertThat(told.records()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "application/merge-patch+json, 200",
        "application/json; charset=utf-8, 200",
        "text/plain, 415",
        "application/json-patch+json, 415"
    })
    void aPatchIsTakenAsJsonTooAndAsNothingElse(String type, int status) {
        put("{\"itemId\": \"tea\"}");

        assertThat(patch("{}", type).status()).isEqualTo(status);
    }

    @Test
    void aPatchMayStateItsVersionAndKeepsItWhereItChangesNothing() {
        put("{\"itemId\": \"tea\", \"version\": 3, \"title\": \"Mint\"}");
        patch("{\"title\": \"Mint\"}", "application/merge-patch+json").assertHas("/version = 3");

        gateway.assertAnswers(
                """
                PATCH /v1/items/tea {"version": 9, "title": "Tea"} -> 200
                PATCH /v1/items/tea {"version": 9, "title": "Tea"} -> 200
                PATCH /v1/items/tea {"version": 9, "title": "Mint"} -> 409 older-version
                PATCH /v1/items/tea {"version": 8, "title": "Mint"} -> 409 older-version
                """);
        get("tea").assertHas("/title = Tea");
    }

    @Test
    void aPatchThatDoesNotSuitTheItemIsRefusedAndChangesNothing() {
        put("{\"itemId\": \"tea\", \"version\": 3, \"title\": \"Tea\"}");
        JsonNode before = get("tea").body();

        gateway.assertAnswers(
                """
                PATCH /v1/items/tea [] -> 400 item-not-an-object
                PATCH /v1/items/tea {"titel": "Tea"} -> 400 unknown-member
                PATCH /v1/items/tea {"titel": null} -> 400 unknown-member
                PATCH /v1/items/tea {"itemId": "milk"} -> 400 bad-item-id
                PATCH /v1/items/tea {"itemId": null} -> 400 bad-item-id
                PATCH /v1/items/tea {"version": -1} -> 400 bad-version
                PATCH /v1/items/tea {"title": 5} -> 400 bad-title
                PATCH /v1/items/tea { -> 400 not-json
                """);
        assertThat(get("tea").body()).isEqualTo(before);
    }

    @Test
    void anItemIsDeletedByVersion() {
        gateway.assertAnswers(
                """
                PUT /v1/items {"itemId": "tea", "version": 5} -> 200
                DELETE /v1/items/tea?version=4 -> 409 older-version
                DELETE /v1/items/tea?version=x -> 400 bad-version
                DELETE /v1/items/tea -> 204
                """);
        assertThat(items.get("tea")).contains(Item.tombstone("tea", 6));
    }
}
