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

/** {@code freshet rules}, against a server that keeps rules without checks. */
class RulesCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String PATH = "/v1/rules";

    @TempDir Path folder = Path.of("");

    private final TreeMap<String, JsonNode> stored = new TreeMap<>();
    private HttpServer server;

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
        String name = path.length() > PATH.length() ? path.substring(PATH.length() + 1) : "";
        switch (exchange.getRequestMethod()) {
            case "PUT" -> stored.put(name, MAPPER.readTree(exchange.getRequestBody()));
            case "DELETE" -> stored.remove(name);
            default -> {}
        }
        ObjectNode list = MAPPER.createObjectNode();
        stored.forEach(
                (each, rule) ->
                        list.withArray("rules").addObject().put("name", each).set("rule", rule));
        JsonNode body = name.isEmpty() ? list : stored.get(name);
        byte[] bytes =
                body == null
                        ? "{\"detail\":\"There is no rule of this name.\"}".getBytes(UTF_8)
                        : MAPPER.writeValueAsBytes(body);
        boolean deleted = exchange.getRequestMethod().equals("DELETE");
        exchange.sendResponseHeaders(
                deleted ? 204 : body == null ? 404 : 200, deleted ? -1 : bytes.length);
        if (!deleted) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String run(int exit, boolean toStack, String... words) {
        StringWriter out = new StringWriter();
        CommandLine line = Freshet.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        List<String> all = new ArrayList<>(List.of("rules"));
        all.addAll(List.of(words));
        if (toStack) {
            all.addAll(
                    List.of(
                            "--endpoint",
                            "http://127.0.0.1:" + server.getAddress().getPort(),
                            "--key",
                            "a-key"));
        }
        assertThat(line.execute(all.toArray(String[]::new))).as(out.toString()).isEqualTo(exit);
        return out.toString();
    }

    private String file(String rule) throws IOException {
        return Files.writeString(folder.resolve("rule.json"), rule).toString();
    }

    @Test
    void aRuleIsPutListedShownAndDeleted() throws IOException {
        String file = file("{\"minScore\": 0.4}");

        assertThat(run(0, true, "put", "sure", file)).contains("sure is stored");
        assertThat(run(0, true, "list")).contains("sure", "0.4");
        assertThat(run(0, true, "show", "sure")).contains("\"minScore\" : 0.4");
        assertThat(run(0, true, "delete", "sure")).contains("no rule sure any more");
        assertThat(run(0, true, "list")).contains("There are no rules.");
    }

    @Test
    void aRuleIsCheckedWithoutAStack() throws IOException {
        assertThat(run(0, false, "check", file("{\"filter\":{\"field\":\"type\",\"is\":\"a\"}}")))
                .contains("1 conditions");
        assertThat(run(1, false, "check", file("{\"minScore\":2}"))).contains("minScore");
        assertThat(run(1, true, "put", "x", file("{\"minScore\":2}"))).contains("minScore");
        assertThat(run(1, false, "check", folder.resolve("none").toString()))
                .contains("no readable file");
        assertThat(stored).isEmpty();
    }
}
