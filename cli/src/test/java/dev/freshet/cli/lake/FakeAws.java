package dev.freshet.cli.lake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that answers each operation of AWS's JSON services as a test says. */
public final class FakeAws implements AutoCloseable {
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final HttpServer server = CommandServer.serving(this::answer);
    private final Clients clients =
            new Clients(
                    Settings.from(
                            Map.of("AWS_ENDPOINT_URL", CommandServer.address(server).toString())));

    /** Returns clients that ask this server. */
    public Clients clients() {
        return clients;
    }

    /** Sets the answer of an operation; one with {@code __type} is an error. */
    public FakeAws on(String operation, String json) {
        answers.put(operation, json);
        return this;
    }

    /** Returns the requests so far: the operation, then the body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation =
                target == null
                        ? exchange.getRequestURI().getPath().substring(1)
                        : target.substring(target.indexOf('.') + 1);
        byte[] body = exchange.getRequestBody().readAllBytes();
        requests.add(operation + " " + new String(body, StandardCharsets.UTF_8));
        String given = answers.getOrDefault(operation, "{\"__type\":\"NoSuchOperation\"}");
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(given.contains("__type") ? 400 : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        clients.close();
        server.stop(0);
    }
}
