package dev.freshet.local.function;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operation of Lambda's API that invokes a function. An invocation of type {@code Event} is
 * answered by 202 and runs afterwards; failures are counted at the function, and unlike in Lambda
 * not repeated. One of type {@code RequestResponse} is answered by what the function returns, by
 * the header {@code X-Amz-Function-Error} if it fails, and by 429 if it is throttled. Signatures
 * are not checked.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaApi implements AutoCloseable {
    /** The largest event of an invocation, in bytes. */
    static final int MAX_EVENT = 1 << 20;

    private static final Pattern INVOCATIONS =
            Pattern.compile("/2015-03-31/functions/([A-Za-z0-9_-]{1,64})/invocations");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Map<String, LocalFunction> functions = Map.of();

    /** Starts a server without functions on a free port of 127.0.0.1. */
    public LambdaApi() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Returns the address, the value of {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Adds the functions that can be invoked, by their names. */
    public void serve(Map<String, LocalFunction> byName) {
        functions = Map.copyOf(byName);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            if (answer.failed()) {
                exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
            }
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** What is answered; a function that fails is answered by status 200 too. */
    private record Answer(int status, String body, boolean failed) {
        static Answer of(int status) {
            return new Answer(status, "", false);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Matcher path = INVOCATIONS.matcher(exchange.getRequestURI().getPath());
        if (!exchange.getRequestMethod().equals("POST") || !path.matches()) {
            return Answer.of(404);
        }
        byte[] event = exchange.getRequestBody().readNBytes(MAX_EVENT + 1);
        if (event.length > MAX_EVENT) {
            return Answer.of(413);
        }
        LocalFunction function = functions.get(path.group(1));
        if (function == null) {
            return Answer.of(404);
        }
        String text = new String(event, StandardCharsets.UTF_8);
        return switch (exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type")) {
            case "Event" -> {
                threads.execute(() -> invoke(function, text));
                yield Answer.of(202);
            }
            case "RequestResponse" -> returned(function, text);
            case null, default -> Answer.of(400);
        };
    }

    private static Answer returned(LocalFunction function, String event) {
        try {
            return switch (function.invoke(event)) {
                case Invocation.Answer(String payload) -> new Answer(200, payload, false);
                case Invocation.Failed failed -> failure(failed.type());
                case Invocation.TimedOut _ -> failure("Sandbox.Timedout");
                case Invocation.Throttled() -> Answer.of(429);
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Answer.of(503);
        }
    }

    private static Answer failure(String type) {
        return new Answer(200, JSON.createObjectNode().put("errorType", type).toString(), true);
    }

    private static void invoke(LocalFunction function, String event) {
        try {
            var _ = function.invoke(event);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
