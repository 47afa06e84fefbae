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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExperimentsApiTest {
    private static final String HOME =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "traffic":0.5,"salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    private final List<String> lines = new ArrayList<>();
    private final Gateway gateway =
            new Gateway(
                    new CatalogHandler(
                            new MemoryCatalog(() -> Instant.EPOCH),
                            new CatalogFlow(
                                    new MemoryCatalog(() -> Instant.EPOCH),
                                    new MemoryExampleLog(),
                                    new TermAnalysis(),
                                    ItemEmbedding.NONE,
                                    () -> Instant.EPOCH),
                            new ExperimentRegistry(
                                    new MemoryExperiments(),
                                    new MemoryExampleLog(),
                                    EventTypes.BUILT_IN,
                                    () -> Instant.EPOCH),
                            new Metrics("test", "default", () -> Instant.EPOCH, lines::add)));

    private Gateway.Answer put(String id, String definition) {
        ObjectNode event =
                Gateway.request(
                                "PUT",
                                "/v1/experiments/{id}",
                                Map.of("Content-Type", "application/json"))
                        .put("body", definition);
        event.putObject("pathParameters").put("id", id);
        return gateway.send(event);
    }

    private Gateway.Answer call(String method, String id) {
        ObjectNode event = Gateway.request(method, "/v1/experiments/{id}", Map.of());
        event.putObject("pathParameters").put("id", id);
        return gateway.send(event);
    }

    private Gateway.Answer list() {
        return gateway.send(Gateway.request("GET", "/v1/experiments", Map.of()));
    }

    @Test
    void aDefinitionIsPutReadAndListed() {
        Gateway.Answer stored = put("home", HOME);

        assertThat(stored.status()).as(stored.body().toString()).isEqualTo(200);
        assertThat(stored.body().path("version").asLong()).isEqualTo(1);
        assertThat(call("GET", "home").body().at("/arms/1/diversity").asDouble()).isEqualTo(0.5);
        assertThat(list().body().path("experiments")).hasSize(1);
        assertThat(list().body().at("/experiments/0/id").asText()).isEqualTo("home");
    }

    @Test
    void theSameDefinitionAgainIsNoError() {
        put("home", HOME);

        assertThat(put("home", HOME).status()).isEqualTo(200);
    }

    @Test
    void anUnknownExperimentIsNotFoundAndMayBeDeleted() {
        assertThat(call("GET", "home").status()).isEqualTo(404);
        assertThat(call("GET", "home").code()).isEqualTo("unknown-experiment");
        assertThat(call("DELETE", "home").status()).isEqualTo(204);
    }

    @Test
    void aDefinitionThatBreaksARuleIsABadRequest() {
        assertProblem(put("home", "{"), 400, "not-json");
        assertProblem(put("home", "[]"), 400, "wrong-type");
        assertProblem(put("home", HOME.replace("listCtr", "ctr")), 400, "unknown-metric");
        assertProblem(put("home", HOME.replace("0.5}", "0.4}")), 400, "bad-weights");
        assertProblem(put("search", HOME), 400, "other-id");
        assertProblem(put("home", HOME + " ".repeat(16 << 10)), 413, "body-too-large");
        assertProblem(put("a\nb", HOME), 400, "bad-experiment-id");
        assertThat(list().body().path("experiments")).isEmpty();
    }

    @Test
    void whatIsStoredMayRefuseADefinition() {
        put("home", HOME);

        assertProblem(put("home", HOME.replace("0.5,\"s", "0.6,\"s")), 409, "version-not-higher");
        String second = HOME.replace("\"version\":1", "\"version\":2");
        assertProblem(
                put("home", second.replace("\"diversity\":0.5", "\"diversity\":0.6")),
                409,
                "fixed-while-running");
        assertProblem(
                put("home", second.replace("\"traffic\":0.5", "\"traffic\":0.4")),
                409,
                "traffic-lowered");
        assertProblem(put("search", HOME.replace("\"home", "\"search")), 409, "slots-taken");
        assertThat(call("GET", "home").body().path("version").asLong()).isEqualTo(1);
    }

    @Test
    void anExperimentIsDeletedOnceItIsStopped() {
        put("home", HOME);

        assertProblem(call("DELETE", "home"), 409, "still-running");
        put("home", HOME.replace("\"version\":1", "\"version\":2").replace("running", "stopped"));
        assertThat(call("DELETE", "home").status()).isEqualTo(204);
        assertThat(call("GET", "home").status()).isEqualTo(404);
    }

    private static void assertProblem(Gateway.Answer answer, int status, String code) {
        assertThat(answer.status() + " " + answer.code()).isEqualTo(status + " " + code);
        assertThat(answer.body().path("detail").asText()).isNotEmpty();
    }
}
