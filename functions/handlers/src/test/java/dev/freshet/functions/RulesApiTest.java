package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.flow.CatalogFlow;
import dev.freshet.catalog.flow.ItemEmbedding;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.definition.ExperimentRegistry;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import dev.freshet.testkit.memory.MemoryExperiments;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesApiTest {
    private static final String IN_STOCK =
            "{\"filter\": {\"field\": \"attributes.stock\", \"from\": 1}}";

    private final MemoryCatalog catalog = new MemoryCatalog(() -> Instant.EPOCH);
    private final MemoryExampleLog told = new MemoryExampleLog();
    private final Gateway gateway =
            new Gateway(
                    new CatalogHandler(
                            catalog,
                            new CatalogFlow(
                                    catalog,
                                    new MemoryExampleLog(),
                                    new TermAnalysis(),
                                    ItemEmbedding.NONE,
                                    () -> Instant.EPOCH),
                            new ExperimentRegistry(
                                    new MemoryExperiments(),
                                    told,
                                    EventTypes.parse("{\"try-on\":{\"slot\":2,\"strength\":2}}"),
                                    () -> Instant.EPOCH),
                            new Metrics("test", "default", () -> Instant.EPOCH, line -> {})));

    private Gateway.Answer put(String name, String rule) {
        ObjectNode event =
                Gateway.request("PUT", "/v1/rules/{id}", Map.of("Content-Type", "application/json"))
                        .put("body", rule);
        event.putObject("pathParameters").put("id", name);
        return gateway.send(event);
    }

    private Gateway.Answer call(String method, String path, String id) {
        ObjectNode event = Gateway.request(method, path, Map.of());
        event.putObject("pathParameters").put("id", id);
        return gateway.send(event);
    }

    private Gateway.Answer call(String method, String name) {
        return call(method, "/v1/rules/{id}", name);
    }

    private Gateway.Answer list() {
        return gateway.send(Gateway.request("GET", "/v1/rules", Map.of()));
    }

    private static void assertProblem(Gateway.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void aRuleNamesTypesOfTheOwnerAndNoOthers() {
        String rule = "{\"filter\":{\"not\":{\"interacted\":{\"types\":[\"%s\"]}}}}";

        assertThat(put("untried", rule.formatted("try-on")).status()).isEqualTo(200);
        assertThat(put("untried", rule.formatted("own_2")).status()).isEqualTo(400);
        assertThat(put("untried", rule.formatted("sent-back")).status()).isEqualTo(400);
    }

    @Test
    void aRuleIsPutReadListedAndDeleted() {
        assertThat(put("in-stock", IN_STOCK).status()).isEqualTo(200);
        assertThat(put("in-stock", IN_STOCK).body().path("nodes").asInt()).isEqualTo(1);

        assertThat(call("GET", "in-stock").body().at("/filter/from").asInt()).isEqualTo(1);
        assertThat(list().body().path("rules")).hasSize(1);
        assertThat(list().body().at("/rules/0/name").asText()).isEqualTo("in-stock");
        assertThat(call("DELETE", "in-stock").status()).isEqualTo(204);
        assertProblem(call("GET", "in-stock"), 404, "unknown-rule");
        assertThat(call("DELETE", "in-stock").status()).isEqualTo(204);
        assertThat(told.records()).as("put, put again, deleted, deleted again").hasSize(4);
    }

    @Test
    void aRuleThatBreaksARuleIsABadRequest() {
        assertProblem(put("x", "{"), 400, "not-json");
        assertProblem(put("x", "[]"), 400, "wrong-type");
        assertProblem(put("x", "{\"count\":5}"), 400, "unknown-field");
        assertProblem(put("x", "{\"rules\":[\"y\"]}"), 400, "unknown-field");
        assertProblem(put("x", "{\"minScore\":2}"), 400, "min-score-out-of-range");
        assertProblem(put("a b", IN_STOCK), 400, "bad-rule-name");
        assertProblem(put("rule:x", IN_STOCK), 400, "bad-rule-name");
        assertProblem(put("x", IN_STOCK + " ".repeat(16 << 10)), 413, "body-too-large");
        assertThat(list().body().path("rules")).isEmpty();
    }

    @Test
    void aStackHasFiftyRules() {
        for (int i = 0; i < 50; i++) {
            assertThat(put("rule-" + i, IN_STOCK).status()).isEqualTo(200);
        }

        assertProblem(put("rule-50", IN_STOCK), 409, "too-many-rules");
        assertThat(put("rule-7", "{\"minScore\":0.5}").status()).isEqualTo(200);
    }

    @Test
    void aRuleIsNoExperiment() {
        put("in-stock", IN_STOCK);

        for (String method : List.of("GET", "DELETE")) {
            assertProblem(
                    call(method, "/v1/experiments/{id}", "rule:in-stock"),
                    400,
                    "bad-experiment-id");
        }
        assertThat(
                        gateway.send(Gateway.request("GET", "/v1/experiments", Map.of()))
                                .body()
                                .path("experiments"))
                .isEmpty();
        assertThat(call("GET", "in-stock").status()).isEqualTo(200);
    }
}
