package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.EmbedderUnavailableException;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.flow.CatalogFlow;
import dev.freshet.catalog.flow.ItemEmbedding;
import dev.freshet.example.ExampleLog;
import dev.freshet.experiment.definition.ExperimentRegistry;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExperiments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                new CatalogHandler(
                        new CatalogFlow(
                                items,
                                examples,
                                new TermAnalysis(),
                                embedding,
                                () -> Instant.EPOCH),
                        new ExperimentRegistry(
                                new MemoryExperiments(),
                                new MemoryExampleLog(),
                                () -> Instant.EPOCH),
                        metrics));
    }

    private Gateway.Answer put(String json) {
        return gateway.send(
                Gateway.request("PUT", "/v1/items", Map.of("Content-Type", "application/json"))
                        .put("body", json));
    }

    private Gateway.Answer delete(String id, String version) {
        ObjectNode event = Gateway.request("DELETE", "/v1/items/{id}", Map.of());
        event.putObject("pathParameters").put("id", id);
        if (!version.isEmpty()) {
            event.putObject("queryStringParameters").put("version", version);
        }
        return gateway.send(event);
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
                bereft.send(
                        Gateway.request(
                                        "POST",
                                        "/v1/items",
                                        Map.of("Content-Type", "application/json"))
                                .put(
                                        "body",
                                        """
                                        {"items": [{"itemId": "a", "version": 1},
                                                   {"itemId": "b", "version": 1, "title": "Tea"}]}"""));

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

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad-version");
        assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    }

    @Test
    void anOlderVersionIsAConflict() {
        put("{\"itemId\": \"tea\", \"version\": 2}");

        assertThat(put("{\"itemId\": \"tea\", \"version\": 2}").status()).isEqualTo(200);
        Gateway.Answer older = put("{\"itemId\": \"tea\", \"version\": 1}");
        assertThat(older.status()).isEqualTo(409);
        assertThat(older.code()).isEqualTo("older-version");
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

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("too-many-items");
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
        assertThat(answer.body().path("unplaced")).extracting(JsonNode::asInt).containsExactly(1);
        assertThat(answer.body().path("rejected")).hasSize(1);
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
