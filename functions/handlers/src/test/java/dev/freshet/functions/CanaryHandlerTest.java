package dev.freshet.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.testkit.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanaryHandlerTest {
    private final List<String> lines = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String body = "{\"degraded\":false}";

    private void answer(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Authorization");
        asked.add(exchange.getRequestURI() + " " + key);
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Returns the line of metrics of one run. */
    private JsonNode run() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = HttpServer.create(any, 0);
        server.createContext("/prod/", this::answer);
        URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/prod/");
        Metrics metrics = new Metrics(Map.of("Stack", "shop"), () -> Site.NOW, lines::add);
        InputStream event = new ByteArrayInputStream(new byte[0]);
        server.start();
        if (status == 0) {
            server.stop(0);
        }
        new CanaryHandler(api, () -> "fpk_id_secret\n", metrics)
                .handleRequest(event, OutputStream.nullOutputStream(), null);
        server.stop(0);
        return new ObjectMapper().readTree(lines.getLast());
    }

    @Test
    void itAsksBelowTheStageWithTheKeyOfTheSecretAndCountsAWholeList() throws IOException {
        JsonNode line = run();

        assertThat(asked).containsExactly("/prod/v1/trending?count=1 Bearer fpk_id_secret");
        assertThat(line.path("CanaryFailed").asInt(9)).isZero();
        assertThat(line.has("CanaryMs")).isTrue();
        assertThat(line.path("fault").asText()).isEmpty();
        assertThat(line.at("/_aws/CloudWatchMetrics/0/Metrics/0/Name").asText())
                .isEqualTo("CanaryFailed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    401 | {}                                              | status 401
                    302 | {}                                              | status 302
                    200 | {"degraded":true,"degradedReasons":["no-model"]} | degraded: ["no-model"]
                    200 | {}                                              | degraded:
                    200 | <html>                                          | JsonParseException
                    0   | nobody                                          | ConnectException
                    """)
    void anyOtherAnswerIsAFailureWithItsReason(int given, String answer, String fault)
            throws IOException {
        status = given;
        body = answer;

        JsonNode line = run();

        assertThat(line.path("CanaryFailed").asInt()).isEqualTo(1);
        assertThat(line.path("fault").asText().strip()).isEqualTo(fault);
    }
}
