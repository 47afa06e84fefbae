package dev.freshet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A service that uses AWS's JSON protocol, or takes forms, and responds as a test specifies. The
 * request of a form is its text.
 */
public final class FakeService implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    /** A response of the service. */
    public record Answer(int status, String body) {
        public static Answer ok(String body) {
            return new Answer(200, body);
        }

        /** Returns an error of this type, in the format of DynamoDB and Kinesis. */
        public static Answer error(int status, String type) {
            return new Answer(status, "{\"__type\":\"%s\",\"message\":\"no\"}".formatted(type));
        }
    }

    public FakeService(Function<JsonNode, Answer> answer) {
        this((_, request) -> answer.apply(request));
    }

    /** Creates a service that is asked with the name of an operation and a request. */
    public FakeService(BiFunction<String, JsonNode, Answer> answer) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.createContext("/", exchange -> handle(exchange, answer));
        server.start();
    }

    private void handle(HttpExchange exchange, BiFunction<String, JsonNode, Answer> answer)
            throws IOException {
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean form = sent.startsWith("Action=");
        JsonNode request = form ? TextNode.valueOf(sent) : JSON.readTree(sent);
        requests.add(request);
        String target =
                form
                        ? sent.replaceAll("Action=([A-Za-z]+).*", "$1")
                        : exchange.getRequestHeaders().getFirst("X-Amz-Target");
        Answer given = answer.apply(target.replaceAll(".*\\.", ""), request);
        byte[] body = given.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(given.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Returns the bodies of the requests so far. */
    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns clients that use this service as the endpoint of every service. */
    public Clients clients() {
        return clientsOf(address());
    }

    /** Returns clients of services that do not listen. */
    public static Clients clientsOfNobody() {
        return clientsOf("http://127.0.0.1:1");
    }

    private static Clients clientsOf(String endpoint) {
        return new Clients(Settings.from(Map.of("AWS_ENDPOINT_URL", endpoint)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
