package dev.freshet.cli.experiments;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.cli.Freshet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that call a stack, against a server that keeps definitions without checks. */
class StackExperimentsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATH = "/v1/experiments";
    private static final String HOME =
            """
            {"id":"home","version":1,"status":"running","layer":"ranking","slots":[0,5000],
             "salt":"home-1","plannedUsers":20000,
             "arms":[{"id":"control","weight":0.5},{"id":"wide","weight":0.5,"diversity":0.5}],
             "metrics":{"primary":"listCtr"}}
            """;

    @TempDir Path folder = Path.of("");

    private final TreeMap<String, JsonNode> stored = new TreeMap<>();
    private HttpServer server;
    private String err = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(PATH, this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.length() > PATH.length() ? path.substring(PATH.length() + 1) : "";
        switch (exchange.getRequestMethod()) {
            case "PUT" -> stored.put(id, MAPPER.readTree(exchange.getRequestBody()));
            case "DELETE" -> stored.remove(id);
            default -> {}
        }
        ObjectNode list = MAPPER.createObjectNode();
        list.putArray("experiments").addAll(stored.values());
        JsonNode body = id.isEmpty() ? list : stored.get(id);
        byte[] bytes =
                body == null
                        ? "{\"detail\":\"There is no experiment of this id.\"}".getBytes(UTF_8)
                        : MAPPER.writeValueAsBytes(body);
        boolean deleted = exchange.getRequestMethod().equals("DELETE");
        exchange.sendResponseHeaders(
                deleted ? 204 : body == null ? 404 : 200, deleted ? -1 : bytes.length);
        if (!deleted) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String run(int exit, String... words) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(errors, true));
        List<String> all = new ArrayList<>(List.of("experiments"));
        all.addAll(List.of(words));
        all.addAll(
                List.of(
                        "--endpoint",
                        "http://127.0.0.1:" + server.getAddress().getPort(),
                        "--key",
                        "a-key"));
        assertThat(line.execute(all.toArray(String[]::new))).as(errors.toString()).isEqualTo(exit);
        err = errors.toString();
        return out.toString();
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("home.json"), text).toString();
    }

    @Test
    void aDefinitionIsPutShownListedStoppedAndDeleted() throws IOException {
        assertThat(run(0, "put", file(HOME))).contains("home, version 1: running");

        assertThat(MAPPER.readTree(run(0, "show", "home"))).isEqualTo(MAPPER.readTree(HOME));
        assertThat(run(0, "list").lines().toList())
                .containsExactly(
                        "id    version  status   layer    slots   traffic  arms          primary",
                        "home  1        running  ranking  0-5000  1        control,wide  listCtr");
        assertThat(MAPPER.readTree(run(0, "list", "--json")).path("experiments")).hasSize(1);

        assertThat(run(0, "stop", "home")).contains("home, version 2: stopped");
        assertThat(run(0, "stop", "home")).contains("home, version 2: stopped");
        assertThat(MAPPER.valueToTree(stored).at("/home/arms")).hasSize(2);

        run(0, "delete", "home");
        assertThat(run(0, "list")).contains("There are no experiments.");
    }

    @Test
    void resultsBeginWithTheSentenceAndEndWithTheModelTheyAreOf() throws IOException {
        stored.put(
                "home/results",
                MAPPER.readTree(
                        """
                        {"id":"home","sentence":"Arm wide is better than control.",
                         "plannedUsers":20000,"enrolled":20008,
                         "users":{"control":10021,"wide":9987},"split":{"alarm":false},"crossed":3,
                         "arms":[{"arm":"wide","conclusion":"better",
                           "primary":{"metric":"listCtr","control":0.0801,"arm":0.0874,
                             "interval":[0.0021,0.0124],"lift":[0.026,0.159]},
                           "guardrails":[{"metric":"hidesPerList","control":0.0102,"arm":0.0104,
                             "interval":[-0.001,0.0014],"state":"unclear"}],
                           "secondary":[{"metric":"revenuePerUser","control":1.5,"arm":1.75,
                             "interval":[-0.25,0.75],"discovered":false}]}],
                         "asOf":{"modelVersion":7,"newestEvent":"2026-11-26T12:00:00Z"}}
                        """));

        assertThat(run(0, "results", "home").lines().toList())
                .containsExactly(
                        "Arm wide is better than control.",
                        "",
                        "20,008 of 20,000 planned users: control 10,021, wide 9,987.",
                        "3 users were shown two arms and are left out since.",
                        "",
                        "arm   metric          control  arm has  difference"
                                + "              lift               shows",
                        "wide  listCtr         8.01 %   8.74 %   +0.21 to +1.24 points"
                                + "   +2.6 % to +15.9 %  better",
                        "wide  hidesPerList    0.01020  0.01040  -0.001000 to +0.001400"
                                + "                     guardrail: unclear",
                        "wide  revenuePerUser  1.5000   1.7500   -0.2500 to +0.7500"
                                + "                         not known",
                        "",
                        "Intervals hold at every look. As of model version 7, newest event"
                                + " 2026-11-26T12:00:00Z.");
        assertThat(MAPPER.readTree(run(0, "results", "home", "--json")).path("crossed").asLong())
                .isEqualTo(3);
        run(1, "results", "other");
        assertThat(err).contains("There is no experiment of this id.");
    }

    @Test
    void anExperimentThatIsNotThereIsToldInASentence() {
        run(1, "show", "home");
        assertThat(err).contains("There is no experiment of this id.").doesNotContain("\tat ");
        run(1, "stop", "home");
        assertThat(stored).isEmpty();
    }

    @Test
    void aFileThatHoldsNoDefinitionIsNotSent() throws IOException {
        run(1, "put", "nowhere.json");
        assertThat(err).contains("There is no readable file nowhere.json.");
        run(1, "put", file("{"));
        assertThat(err).contains("is not JSON.");
        run(1, "put", file("[]"));
        assertThat(err).contains("has no definition with an id.");
        run(1, "put", file(HOME + " ".repeat(16 << 10)));
        assertThat(err).contains("has more than 16,384 bytes.");
        assertThat(stored).isEmpty();
    }
}
