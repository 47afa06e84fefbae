package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventTypes;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.itemflow.ItemEmbedding;
import dev.freshet.testkit.memory.MemoryCatalog;
import dev.freshet.testkit.memory.MemoryExampleLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RulesApiTest {
    private static final String IN_STOCK =
            "{\"filter\": {\"field\": \"attributes.stock\", \"from\": 1}}";

    private final MemoryExampleLog told = new MemoryExampleLog();
    private final Gateway gateway =
            new Gateway(
                    TestFunctions.catalog(
                            new MemoryCatalog(() -> Instant.EPOCH),
                            new MemoryExampleLog(),
                            ItemEmbedding.NONE,
                            TestFunctions.experiments(
                                    told,
                                    EventTypes.parse("{\"try-on\":{\"slot\":2,\"strength\":2}}")),
                            new Metrics(
                                    Map.of("Stack", "test-default"),
                                    () -> Instant.EPOCH,
                                    line -> {}),
                            () -> Instant.EPOCH));

    private Gateway.Answer put(String name, String rule) {
        return gateway.ask("PUT /v1/rules/" + name, rule);
    }

    private Gateway.Answer call(String method, String name) {
        return gateway.ask(method + " /v1/rules/" + name);
    }

    private Gateway.Answer list() {
        return gateway.ask("GET /v1/rules");
    }

    @Test
    void aRuleNamesTypesOfTheOwnerAndNoOthers() {
        String rule = "{\"filter\":{\"not\":{\"interacted\":{\"types\":[\"%s\"]}}}}";

        put("untried", rule.formatted("try-on")).assertHas("200");
        put("untried", rule.formatted("own_2")).assertHas("400");
        put("untried", rule.formatted("sent-back")).assertHas("400");
    }

    @Test
    void aRuleIsPutWithoutItsNullsReadListedAndDeleted() {
        put("in-stock", IN_STOCK).assertHas("/nodes = 1");
        put("in-stock", IN_STOCK.replace("1}", "1, \"to\": null}, \"boost\": null"))
                .assertHas("200");
        call("GET", "in-stock").assertHas("/filter/from = 1", "/filter/to = -", "/boost = -");
        list().assertHas("#/rules = 1", "/rules/0/name = in-stock");
        call("DELETE", "in-stock").assertHas("204");
        call("GET", "in-stock").assertProblem(404, "unknown-rule");
        call("DELETE", "in-stock").assertHas("204");
        assertThat(told.records()).as("put, put again, deleted, deleted again").hasSize(4);
    }

    @Test
    void aRuleThatBreaksARuleIsABadRequest() {
        put("x", "{").assertProblem(400, "not-json");
        put("x", "[]").assertProblem(400, "wrong-type");
        put("x", "{\"count\":5}").assertProblem(400, "unknown-field");
        put("x", "{\"rules\":[\"y\"]}").assertProblem(400, "unknown-field");
        put("x", "{\"minScore\":2}").assertProblem(400, "min-score-out-of-range");
        put("a b", IN_STOCK).assertProblem(400, "bad-rule-name");
        put("rule:x", IN_STOCK).assertProblem(400, "bad-rule-name");
        put(".", IN_STOCK).assertProblem(400, "bad-rule-name");
        put("..", IN_STOCK).assertProblem(400, "bad-rule-name");
        put("x", IN_STOCK + " ".repeat(16 << 10)).assertProblem(413, "body-too-large");
        assertThat(list().body().path("rules")).isEmpty();
    }

    @Test
    void aStackHasFiftyRules() {
        for (int i = 0; i < 50; i++) {
            assertThat(put("rule-" + i, IN_STOCK).status()).isEqualTo(200);
        }

        put("rule-50", IN_STOCK).assertProblem(409, "too-many-rules");
        assertThat(put("rule-7", "{\"minScore\":0.5}").status()).isEqualTo(200);
    }

    @Test
    void aRuleIsNoExperiment() {
        put("in-stock", IN_STOCK);

        for (String method : List.of("GET", "DELETE")) {
            gateway.ask(method + " /v1/experiments/rule:in-stock")
                    .assertProblem(400, "bad-experiment-id");
        }
        assertThat(gateway.ask("GET /v1/experiments").body().path("experiments")).isEmpty();
        assertThat(call("GET", "in-stock").status()).isEqualTo(200);
    }
}
