package dev.freshet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.api.ApiResponse;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Passes requests on to an API with one header added to those that post, and remembers what was
 * requested and answered. The header is the import permit: the examples' events are as old as the
 * document, which a caller's own events are not.
 */
final class RecordingProxy implements AutoCloseable {
    private static final List<String> PASSED = List.of("Authorization", "Content-Type");

    /** One request that was passed on. */
    record Exchange(String method, String target, ApiResponse response) {}

    private final LoopbackServer server = LoopbackServer.start(this::pass);
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<Exchange> exchanges = new LinkedBlockingQueue<>();
    private final URI api;
    private final String permit;

    RecordingProxy(URI api, String permit) {
        this.api = api;
        this.permit = permit;
    }

    String address() {
        return server.uri().toString();
    }

    /** Returns the only exchange since the last call. */
    Exchange only() {
        Exchange first = exchanges.poll();
        if (first == null || !exchanges.isEmpty()) {
            throw new AssertionError("a sample sends one request");
        }
        return first;
    }

    private HttpReply pass(HttpExchange exchange) throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        String target = exchange.getRequestURI().toString();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(api.resolve(target))
                        .method(
                                method,
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()));
        for (String header : PASSED) {
            exchange.getRequestHeaders()
                    .getOrDefault(header, List.of())
                    .forEach(value -> request.header(header, value));
        }
        if (method.equals("POST")) {
            request.header("Freshet-Import-Permit", permit);
        }
        HttpResponse<byte[]> response =
                client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        byte[] bytes = response.body();
        JsonNode body =
                bytes.length == 0 ? MissingNode.getInstance() : new ObjectMapper().readTree(bytes);
        exchanges.add(
                new Exchange(
                        method,
                        target,
                        new ApiResponse(
                                response.statusCode(), body, 0, Duration.ZERO, Duration.ZERO)));
        HttpReply reply = new HttpReply(response.statusCode(), Map.of(), bytes);
        return response.headers()
                .firstValue("Content-Type")
                .map(type -> reply.with("Content-Type", type))
                .orElse(reply);
    }

    @Override
    public void close() {
        server.close();
        client.close();
    }
}
