package dev.freshet.functions;

import dev.freshet.functions.runtime.Metrics;
import dev.freshet.testkit.memory.MemoryCatalog;
import java.time.Instant;
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

    private final Gateway gateway =
            new Gateway(
                    TestFunctions.catalog(
                            new MemoryCatalog(() -> Instant.EPOCH),
                            new Metrics(
                                    Map.of("Stack", "test-default"),
                                    () -> Instant.EPOCH,
                                    line -> {}),
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
    void aDefinitionIsPutWithoutItsNullsAgainReadAndListed() {
        put("home", HOME).assertHas("200", "/version = 1", "#/warnings = 0");
        put("home", HOME.replace("0.5}", "0.5,\"filter\":null}")).assertHas("200");
        call("GET", "home").assertHas("/arms/0/filter = -", "/arms/1/diversity = 0.5");
        list().assertHas("#/experiments = 1", "/experiments/0/id = home");
    }

    @Test
    void anUnknownExperimentIsNotFoundAndMayBeDeleted() {
        call("GET", "home").assertProblem(404, "unknown-experiment");
        call("DELETE", "home").assertHas("204");
    }

    @Test
    void aFilterThatCanEmptyListsIsWarnedOf() {
        String spam = "\"diversity\":0.5,\"filter\":{\"field\":\"itemId\",\"is\":\"spam\"}}";
        put("home", HOME.replace("\"diversity\":0.5}", spam)).assertHas("200", "#/warnings = 1");
    }

    @Test
    void aDefinitionThatBreaksARuleIsABadRequest() {
        put("home", "{").assertProblem(400, "not-json");
        put("home", "[]").assertProblem(400, "wrong-type");
        put("home", HOME.replace("0.5}", "0.4}")).assertProblem(400, "bad-weights");
        put("search", HOME).assertProblem(400, "other-id");
        put("home", HOME + " ".repeat(16 << 10)).assertProblem(413, "body-too-large");
        put("a%0Ab", HOME).assertProblem(400, "bad-experiment-id");
        call("DELETE", "a,b").assertProblem(400, "bad-experiment-id");
        list().assertHas("#/experiments = 0");
    }

    @Test
    void whatIsStoredMayRefuseADefinition() {
        put("home", HOME);

        put("home", HOME.replace("0.5,\"s", "0.6,\"s")).assertProblem(409, "version-not-higher");
        call("GET", "home").assertHas("/version = 1");
    }

    @Test
    void aVersionHasAnEndAtWhichAnExperimentCanBeStoppedAndDeleted() {
        String last = HOME.replace("\"version\":1", "\"version\":4611686018427387904");

        put("home", last.replace("87904", "87905")).assertProblem(400, "out-of-range");
        put("home", last).assertHas("200");
        put("home", last.replace("running", "stopped")).assertHas("200");
        call("DELETE", "home").assertHas("204");
    }

    @Test
    void changesAreToldTheLatestFirstWithTheKeyThatMadeThem() {
        String path = "GET /v1/insights/experiments/home/changes";
        gateway.ask(path).assertProblem(404, "unknown-experiment");
        put("home", HOME);
        put("home", HOME.replace("\"version\":1", "\"version\":2").replace("0.5,\"s", "0,\"s"));

        gateway.ask(path)
                .assertHas(
                        "200",
                        "#/changes = 2",
                        "/changes/0/version = 2",
                        "/changes/0/traffic = 0.0",
                        "/changes/1/status = running",
                        "/changes/1/by = " + Gateway.KEY_ID,
                        "/changes/1/at = 1970-01-01T00:00:00Z");
        gateway.ask(path + "?limit=1").assertProblem(400, "unknown-parameter");
        put("home", HOME.replace("\"version\":1", "\"version\":3").replace("running", "stopped"));
        call("DELETE", "home").assertHas("204");
        gateway.ask(path).assertProblem(404, "unknown-experiment");
    }

    @Test
    void anExperimentIsDeletedOnceItIsStopped() {
        put("home", HOME);

        call("DELETE", "home").assertProblem(409, "still-running");
        put("home", HOME.replace("\"version\":1", "\"version\":2").replace("running", "stopped"));
        call("DELETE", "home").assertHas("204");
        call("GET", "home").assertProblem(404, "unknown-experiment");
    }
}
