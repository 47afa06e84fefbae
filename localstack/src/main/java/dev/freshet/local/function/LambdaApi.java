package dev.freshet.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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

    private final LoopbackServer server = LoopbackServer.start(this::answer);
    private volatile Map<String, LocalFunction> functions = Map.of();

    /** Returns the address, the value of {@code AWS_ENDPOINT_URL_LAMBDA}. */
    public URI uri() {
        return server.uri();
    }

    /** Adds the functions that can be invoked, by their names. */
    public void serve(Map<String, LocalFunction> byName) {
        functions = Map.copyOf(byName);
    }

    private HttpReply answer(HttpExchange exchange) throws IOException, InterruptedException {
        Matcher path = INVOCATIONS.matcher(exchange.getRequestURI().getPath());
        if (!exchange.getRequestMethod().equals("POST") || !path.matches()) {
            return status(404);
        }
        byte[] event = exchange.getRequestBody().readNBytes(MAX_EVENT + 1);
        if (event.length > MAX_EVENT) {
            return status(413);
        }
        LocalFunction function = functions.get(path.group(1));
        if (function == null) {
            return status(404);
        }
        String text = new String(event, StandardCharsets.UTF_8);
        return switch (exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type")) {
            case "Event" -> {
                server.execute(() -> invoke(function, text));
                yield status(202);
            }
            case "RequestResponse" ->
                    switch (function.invoke(text)) {
                        case Invocation.Answer(String payload) ->
                                HttpReply.of(200, "application/json", payload);
                        case Invocation.Failed failed -> failure(failed.type());
                        case Invocation.TimedOut _ -> failure("Sandbox.Timedout");
                        case Invocation.Throttled() -> status(429);
                    };
            case null, default -> status(400);
        };
    }

    private static HttpReply status(int status) {
        return new HttpReply(status, Map.of(), new byte[0]);
    }

    /** Returns the answer for a function that failed, which has status 200 too. */
    private static HttpReply failure(String type) {
        return HttpReply.json(200, JsonNodeFactory.instance.objectNode().put("errorType", type))
                .with("X-Amz-Function-Error", "Unhandled");
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
        server.close();
    }
}
