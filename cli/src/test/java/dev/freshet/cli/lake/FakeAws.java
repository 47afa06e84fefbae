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
import java.util.function.UnaryOperator;

/** A server that answers each operation of AWS's services as a test says. */
public final class FakeAws implements AutoCloseable {
    private final Map<String, UnaryOperator<String>> answers = new ConcurrentHashMap<>();
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

    /** Has all clients of the SDK in this process ask this server, until it is closed. */
    public FakeAws inPlaceOfAws() {
        CommandServer.callInPlaceOfAws(CommandServer.address(server));
        return this;
    }

    /** Sets the answer of an operation; one with {@code __type} or {@code Error} is an error. */
    public FakeAws on(String operation, String json) {
        return on(operation, _ -> json);
    }

    /**
     * Sets what answers an operation: what gets the body of its request and gives that of the
     * answer.
     *
     * @param operation the name of the operation, or the path without its first slash
     */
    public FakeAws on(String operation, UnaryOperator<String> answer) {
        answers.put(operation, answer);
        return this;
    }

    /** Returns the requests so far: the operation, then the body. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String operation =
                target != null
                        ? target.substring(target.indexOf('.') + 1)
                        : body.startsWith("Action=")
                                ? body.substring("Action=".length(), body.indexOf('&'))
                                : exchange.getRequestURI().getPath().substring(1);
        requests.add(operation + " " + body);
        String given =
                answers.getOrDefault(operation, _ -> "{\"__type\":\"NoSuchOperation\"}")
                        .apply(body);
        byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
        int ok = operation.endsWith("/invocations") ? 202 : 200;
        boolean error = given.contains("__type") || given.contains("<Error>");
        exchange.sendResponseHeaders(error ? 400 : ok, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        CommandServer.callInPlaceOfAws(null);
        clients.close();
        server.stop(0);
    }
}
