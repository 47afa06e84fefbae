package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.ItemEmbedding;
import dev.freshet.event.EventTypes;
import dev.freshet.example.ExampleLog;
import dev.freshet.functions.runtime.Metrics;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogHandlerTest {
    private final MemoryCatalog items =
            new MemoryCatalog(new SettableClock(Instant.parse("2026-11-24T12:00:00Z")));
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final List<String> lines = new ArrayList<>();
    private final Metrics metrics = new Metrics("test", "default", () -> Instant.EPOCH, lines::add);
    private ItemEmbedding embedding = ItemEmbedding.NONE;
    private final Gateway gateway = gateway(told);

    private Gateway gateway(ExampleLog examples) {
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

    private Gateway.Answer delete(String id, String version) {
        return gateway.ask(
                "DELETE /v1/items/" + id + (version.isEmpty() ? "" : "?version=" + version));
    }

    @Test
    void anItemIsPut() {
        Gateway.Answer answer = put("{\"itemId\": \"tea\", \"version\": 1, \"title\": \"Tea\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        assertThat(items.get("tea")).map(Item::title).contains("Tea");
        assertThat(told.records()).hasSize(1);
    }

    @Test
    void anItemNeedsNoVersionAndTheLaterOfTwoStays() {
        Gateway.Answer answer =
                gateway.post(
                        "/v1/items",
                        """
                        {"items": [{"itemId": "tea", "title": "Tea"}, {"itemId": "tea", "title": "Green tea"}]}
                        """);

        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(items.get("tea")).map(Item::title).contains("Green tea");
        assertThat(put("{\"itemId\": \"tea\", \"title\": \"Black tea\"}").status()).isEqualTo(200);
        assertThat(items.get("tea")).map(Item::title).contains("Black tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", " ", ""})
    void anIdThatNoPathCanNameIsRefusedInEveryRequest(String id) {
        String item = "{\"itemId\": \"%s\", \"version\": 1}".formatted(id);

        assertThat(put(item).code()).isEqualTo("bad-item-id");
        JsonNode many = gateway.post("/v1/items", "{\"items\": [%s]}".formatted(item)).body();
        assertThat(many.at("/rejected/0/code").asText()).isEqualTo("bad-item-id");
        if (!id.isEmpty()) {
            assertThat(delete(id, "").code()).isEqualTo("bad-item-id");
        }
        assertThat(told.records()).isEmpty();
    }

    @Test
    void theLongestListOfItemsFitsIntoARequestOfLambdaOnceItIsEscaped() {
        int lambda = 6 << 20;
        StringBuilder items = new StringBuilder("{\"items\":[");
        String item =
                "{\"itemId\":\"item-0000\",\"version\":1,\"title\":\"A \\\"short\\\" title\","
                        + "\"tags\":[\"a\",\"b\",\"c\"],\"attributes\":{\"a\":\"1\",\"b\":\"2\"}}";
        while (items.length() + item.length() < CatalogHandler.MAX_ITEMS_BYTES) {
            items.append(item).append(',');
        }
        ObjectNode event =
                Gateway.request("POST", "/v1/items", Map.of("Content-Type", "application/json"))
                        .put("body", items.toString());

        assertThat(event.toString().getBytes(StandardCharsets.UTF_8).length).isLessThan(lambda);
        assertThat(
                        gateway.post("/v1/items", "x".repeat(CatalogHandler.MAX_ITEMS_BYTES + 1))
                                .status())
                .isEqualTo(413);
    }

    @Test
    void anItemThatShouldHaveHadAnEmbeddingIsAcceptedReportedAndCounted() {
        embedding = ItemEmbedding.using(new Mute(), Duration.ofSeconds(1), () -> Instant.EPOCH);
        Gateway bereft = gateway(told);

        Gateway.Answer answer =
                bereft.post(
                        "/v1/items",
                        """
                        {"items": [{"itemId": "a", "version": 1},
                                   {"itemId": "b", "version": 1, "title": "Tea"}]}
                        """);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.body().path("unembedded"))
                .isEqualTo(JsonNodeFactory.instance.arrayNode().add(1));
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
    void aBrokenItemIsAProblemWithItsCode() {
        Gateway.Answer answer = put("{\"itemId\": \"tea\", \"version\": \"new\"}");

        answer.assertProblem(400, "bad-version");
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void anOlderVersionIsAConflict() {
        put("{\"itemId\": \"tea\", \"version\": 2}");

        assertThat(put("{\"itemId\": \"tea\", \"version\": 2}").status()).isEqualTo(200);
        Gateway.Answer older = put("{\"itemId\": \"tea\", \"version\": 1}");
        older.assertProblem(409, "older-version");
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

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("accepted").asInt()).isEqualTo(1);
        JsonNode rejected = answer.body().path("rejected");
        assertThat(rejected)
                .extracting(r -> r.path("index").asInt())
                .containsExactlyInAnyOrder(1, 2, 3);
        assertThat(rejected)
                .extracting(r -> r.path("code").asText())
                .containsExactlyInAnyOrder("bad-version", "older-version", "item-not-an-object");
    }

    @Test
    void moreThanFiveHundredItemsAreRefusedAsAWhole() {
        ArrayNode many = Gateway.MAPPER.createArrayNode();
        for (int i = 0; i < 501; i++) {
            many.addObject().put("itemId", "item-" + i).put("version", 1);
        }
        ObjectNode body = Gateway.MAPPER.createObjectNode();
        body.set("items", many);

        Gateway.Answer answer = gateway.post("/v1/items", body.toString());

        answer.assertProblem(400, "too-many-items");
        assertThat(items.get("item-0")).isEmpty();
    }

    @Test
    void withoutItemsThereIsNothingToPut() {
        assertThat(gateway.post("/v1/items", "{}").code()).isEqualTo("missing-items");
        assertThat(gateway.post("/v1/items", "{\"items\": []}").code()).isEqualTo("missing-items");
        assertThat(gateway.post("/v1/items", "[1]").status()).isEqualTo(400);
        assertThat(gateway.post("/v1/items", "{\"items\": [").status()).isEqualTo(400);
    }

    @Test
    void whatCouldNotBePlacedIsNamedWith503() {
        Gateway silent =
                gateway(
                        record -> {
                            throw new StoreUnavailableException(
                                    "Examples", new IOException("no answer"));
                        });

        Gateway.Answer answer =
                silent.post("/v1/items", "{\"items\": [5, {\"itemId\": \"tea\", \"version\": 1}]}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("notStored")).extracting(JsonNode::asInt).containsExactly(1);
        assertThat(answer.body().path("rejected")).hasSize(1);
    }

    private Gateway.Answer get(String id) {
        return gateway.ask("GET /v1/items/" + id);
    }

    private Gateway.Answer patch(String id, String json, String type) {
        return gateway.ask("PATCH /v1/items/" + id + "\nContent-Type: " + type + "\n\n" + json);
    }

    private Gateway.Answer patch(String id, String json) {
        return patch(id, json, "application/merge-patch+json");
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

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("version").asLong()).isEqualTo(3);
        assertThat(answer.at("/text")).isEqualTo("Leaves.");
        assertThat(answer.body().path("attributes"))
                .hasToString("{\"price\":4,\"sale\":false,\"sizes\":[\"S\",\"L\"]}");
        assertThat(put(answer.body().toString()).status()).isEqualTo(200);
        assertThat(get("tea").body()).isEqualTo(answer.body());
    }

    @Test
    void anItemThatIsDeletedOrWasNeverThereIsUnknown() {
        put("{\"itemId\": \"tea\"}");
        delete("tea", "");

        assertThat(get("tea").code()).isEqualTo("unknown-item");
        assertThat(get("coffee").status()).isEqualTo(404);
        assertThat(patch("tea", "{}").code()).isEqualTo("unknown-item");
        assertThat(get("..").code()).isEqualTo("bad-item-id");
    }

    @Test
    void aListIsReadPageByPage() {
        for (int i = 0; i < 7; i++) {
            put("{\"itemId\": \"item-%d\"}".formatted(i));
        }
        delete("item-3", "");
        List<String> ids = new ArrayList<>();
        Gateway.Answer page = list("count=2");
        page.body().path("items").forEach(item -> ids.add(item.path("itemId").asText()));
        while (page.body().has("next")) {
            page = list("count=2&after=" + page.at("/next"));
            page.body().path("items").forEach(item -> ids.add(item.path("itemId").asText()));
        }

        assertThat(ids).containsExactly("item-0", "item-1", "item-2", "item-4", "item-5", "item-6");
    }

    @Test
    void aCursorThatWasChangedIsRefused() {
        put("{\"itemId\": \"a\"}");
        put("{\"itemId\": \"b\"}");
        String cursor = list("count=1").at("/next");

        assertThat(list("after=" + cursor).status()).isEqualTo(200);
        for (int at = 0; at < cursor.length(); at++) {
            char other = cursor.charAt(at) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, at) + other + cursor.substring(at + 1);
            assertThat(list("after=" + changed).code()).as(changed).isEqualTo("bad-cursor");
        }
        for (String changed :
                List.of("", "A", cursor + "A", cursor + "=", "%", "x".repeat(5_000))) {
            assertThat(list("after=" + changed).code()).as(changed).isEqualTo("bad-cursor");
        }
        for (String count : List.of("0", "101", "-1", "1.5", "many", "")) {
            assertThat(list("count=" + count).code()).isEqualTo("count-out-of-range");
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
                        "tea",
                        "{\"author\": null, \"tags\": [\"cold\"], \"attributes\": {\"price\": 5, \"sale\": null}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().has("author")).isFalse();
        assertThat(answer.body().path("tags")).hasToString("[\"cold\"]");
        assertThat(answer.body().path("attributes")).hasToString("{\"price\":5}");
        assertThat(answer.at("/text")).isEqualTo("Leaves.");
        assertThat(answer.body().path("embedding")).hasToString("[1.0,-0.496063]");
        assertThat(answer.body().path("version").asLong()).isEqualTo(4);
        assertThat(get("tea").body()).isEqualTo(answer.body());
        assertThat(told.records()).hasSize(2);
    }

    @Test
    void aPatchIsTakenAsJsonTooAndAsNothingElse() {
        put("{\"itemId\": \"tea\"}");

        assertThat(patch("tea", "{}", "application/json; charset=utf-8").status()).isEqualTo(200);
        assertThat(patch("tea", "{}", "text/plain").status()).isEqualTo(415);
        assertThat(patch("tea", "{}", "application/json-patch+json").status()).isEqualTo(415);
    }

    @Test
    void aPatchThatChangesNothingKeepsTheVersion() {
        put("{\"itemId\": \"tea\", \"version\": 3, \"title\": \"Tea\"}");

        assertThat(patch("tea", "{\"title\": \"Tea\"}").body().path("version").asLong())
                .isEqualTo(3);
    }

    @Test
    void aPatchMayStateItsVersion() {
        put("{\"itemId\": \"tea\", \"version\": 3}");

        assertThat(patch("tea", "{\"version\": 9, \"title\": \"Tea\"}").status()).isEqualTo(200);
        assertThat(patch("tea", "{\"version\": 9, \"title\": \"Tea\"}").status()).isEqualTo(200);
        assertThat(patch("tea", "{\"version\": 9, \"title\": \"Mint\"}").code())
                .isEqualTo("older-version");
        assertThat(patch("tea", "{\"version\": 8, \"title\": \"Mint\"}").status()).isEqualTo(409);
        assertThat(get("tea").at("/title")).isEqualTo("Tea");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[]; item-not-an-object",
                "null; item-not-an-object",
                "{\"titel\": \"Tea\"}; unknown-member",
                "{\"titel\": null}; unknown-member",
                "{\"itemId\": \"milk\"}; bad-item-id",
                "{\"itemId\": null}; bad-item-id",
                "{\"version\": -1}; bad-version",
                "{\"title\": 5}; bad-title",
                "{\"tags\": {\"a\": 1}}; bad-tags",
                "{\"attributes\": {\"a\": {\"b\": 1}}}; bad-attributes",
                "{\"attributes\": {\"url\": \"javascript:alert(1)\"}}; bad-url",
                "{; not-json",
            })
    void aPatchThatDoesNotSuitTheItemIsRefusedAndChangesNothing(String json, String code) {
        put("{\"itemId\": \"tea\", \"version\": 3, \"title\": \"Tea\"}");
        JsonNode before = get("tea").body();

        assertThat(patch("tea", json).code()).isEqualTo(code);
        assertThat(get("tea").body()).isEqualTo(before);
    }

    @Test
    void anItemIsDeletedByVersion() {
        put("{\"itemId\": \"tea\", \"version\": 5}");

        assertThat(delete("tea", "4").status()).isEqualTo(409);
        assertThat(delete("tea", "x").code()).isEqualTo("bad-version");
        assertThat(delete("tea", "").status()).isEqualTo(204);
        assertThat(items.get("tea")).contains(Item.tombstone("tea", 6));
        assertThat(delete("tea", "6").status()).isEqualTo(204);
        assertThat(delete("never", "").status()).isEqualTo(204);
    }

    @Test
    void aDeletionUnderTheStoredVersionIsAConflictAndTheItemStays() {
        put("{\"itemId\": \"tea\", \"version\": 5}");

        assertThat(delete("tea", "5").status()).isEqualTo(409);
        assertThat(items.get("tea")).hasValueSatisfying(tea -> assertThat(tea.deleted()).isFalse());
        assertThat(delete("tea", "6").status()).isEqualTo(204);
        assertThat(delete("tea", "6").status()).isEqualTo(204);
        assertThat(put("{\"itemId\": \"tea\", \"version\": 6}").code()).isEqualTo("older-version");
    }
}
