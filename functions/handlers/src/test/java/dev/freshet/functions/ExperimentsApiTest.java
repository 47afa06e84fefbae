package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.functions.runtime.Metrics;
import dev.freshet.testkit.memory.MemoryCatalog;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExperimentsApiTest {
    private static final String HOME =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "traffic":0.5,"salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    private final Gateway gateway =
            new Gateway(
                    TestFunctions.catalog(
                            new MemoryCatalog(() -> Instant.EPOCH),
                            new Metrics("test", "default", () -> Instant.EPOCH, line -> {}),
                            () -> Instant.EPOCH));

    private Gateway.Answer put(String id, String definition) {
        return gateway.ask("PUT /v1/experiments/" + id, definition);
    }

    private Gateway.Answer call(String method, String id) {
        return gateway.ask(method + " /v1/experiments/" + id);
    }

    private Gateway.Answer list() {
        return gateway.ask("GET /v1/experiments");
    }

    @Test
    void aDefinitionIsPutReadAndListed() {
        Gateway.Answer stored = put("home", HOME);

        assertThat(stored.status()).as(stored.body().toString()).isEqualTo(200);
        assertThat(stored.body().path("version").asLong()).isEqualTo(1);
        assertThat(call("GET", "home").body().at("/arms/1/diversity").asDouble()).isEqualTo(0.5);
        assertThat(list().body().path("experiments")).hasSize(1);
        assertThat(list().at("/experiments/0/id")).isEqualTo("home");
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
        put("home", "{").assertProblem(400, "not-json");
        put("home", "[]").assertProblem(400, "wrong-type");
        put("home", HOME.replace("listCtr", "ctr")).assertProblem(400, "unknown-metric");
        put("home", HOME.replace("0.5}", "0.4}")).assertProblem(400, "bad-weights");
        put("search", HOME).assertProblem(400, "other-id");
        put("home", HOME + " ".repeat(16 << 10)).assertProblem(413, "body-too-large");
        put("a%0Ab", HOME).assertProblem(400, "bad-experiment-id");
        assertThat(list().body().path("experiments")).isEmpty();
    }

    @Test
    void whatIsStoredMayRefuseADefinition() {
        put("home", HOME);

        put("home", HOME.replace("0.5,\"s", "0.6,\"s")).assertProblem(409, "version-not-higher");
        String second = HOME.replace("\"version\":1", "\"version\":2");
        put("home", second.replace("\"diversity\":0.5", "\"diversity\":0.6"))
                .assertProblem(409, "fixed-while-running");
        put("home", second.replace("\"traffic\":0.5", "\"traffic\":0.4"))
                .assertProblem(409, "traffic-lowered");
        put("search", HOME.replace("\"home", "\"search")).assertProblem(409, "slots-taken");
        assertThat(call("GET", "home").body().path("version").asLong()).isEqualTo(1);
    }

    @Test
    void anExperimentIsDeletedOnceItIsStopped() {
        put("home", HOME);

        call("DELETE", "home").assertProblem(409, "still-running");
        put("home", HOME.replace("\"version\":1", "\"version\":2").replace("running", "stopped"));
        assertThat(call("DELETE", "home").status()).isEqualTo(204);
        assertThat(call("GET", "home").status()).isEqualTo(404);
    }
}
