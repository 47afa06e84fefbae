package dev.freshet.local.function;

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
 * The one operation of Lambda's API that functions use: the asynchronous invocation of a function.
 * It answers 202 and invokes the function afterwards; failures are counted at the function, and
 * unlike in Lambda not repeated. Signatures are not checked.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
public final class LambdaApi implements AutoCloseable {
    /** The largest event of an asynchronous invocation, in bytes. */
    static final int MAX_EVENT = 1 << 20;

    private static final Pattern INVOCATIONS =
            Pattern.compile("/2015-03-31/functions/([A-Za-z0-9_-]{1,64})/invocations");

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
            exchange.sendResponseHeaders(status(exchange), -1);
        }
    }

    private int status(HttpExchange exchange) throws IOException {
        Matcher path = INVOCATIONS.matcher(exchange.getRequestURI().getPath());
        if (!exchange.getRequestMethod().equals("POST") || !path.matches()) {
            return 404;
        }
        byte[] event = exchange.getRequestBody().readNBytes(MAX_EVENT + 1);
        if (event.length > MAX_EVENT) {
            return 413;
        }
        LocalFunction function = functions.get(path.group(1));
        if (function == null) {
            return 404;
        }
        if (!"Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"))) {
            return 400;
        }
        threads.execute(() -> invoke(function, new String(event, StandardCharsets.UTF_8)));
        return 202;
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
