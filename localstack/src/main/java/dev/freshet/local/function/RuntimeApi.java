package dev.freshet.local.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Server of the Lambda Runtime API for one sandbox (AWS: "Using the Lambda runtime API for custom
 * runtimes", 2018-06-01): the process requests the next invocation and posts its response or error.
 * Serves one invocation at a time.
 */
public final class RuntimeApi implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BASE = "/2018-06-01/runtime/";

    private final LoopbackServer server = LoopbackServer.start(this::handle);
    private final String functionArn;
    private final SynchronousQueue<Pending> next = new SynchronousQueue<>();
    private final CompletableFuture<Invocation> initialised = new CompletableFuture<>();
    private final CompletableFuture<Invocation> snapshotReady = new CompletableFuture<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private volatile @Nullable Pending running;

    /**
     * One invocation in progress.
     *
     * @param requestId id of the invocation
     * @param payload the event, JSON
     * @param deadlineEpochMs end of the time limit, in milliseconds since the epoch
     * @param outcome completed when the process has responded or failed
     */
    public record Pending(
            String requestId,
            String payload,
            long deadlineEpochMs,
            CompletableFuture<Invocation> outcome) {}

    /** Starts the server on a free port of 127.0.0.1. */
    public RuntimeApi(String functionArn) {
        this.functionArn = functionArn;
    }

    /** Returns host and port, the value of the process's {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return server.uri().getAuthority();
    }

    /**
     * Returns a future that is completed with an empty answer when the process first requests an
     * invocation, or with its initialisation error.
     */
    public CompletableFuture<Invocation> initialised() {
        return initialised;
    }

    /**
     * Returns a future that is completed with an empty answer when a process that starts by
     * SnapStart has run its hooks before the snapshot, or with its initialisation error.
     */
    public CompletableFuture<Invocation> snapshotReady() {
        return snapshotReady;
    }

    /**
     * Lets a process that starts by SnapStart go on, as after a restore: it runs its hooks and
     * requests its first invocation, or reports an error; both complete {@link #initialised}.
     */
    public void restore() {
        restored.complete(null);
    }

    /**
     * Passes an invocation to the process when it requests the next one; returns false if it does
     * not do so in time.
     */
    public boolean offer(Pending pending, long millis) throws InterruptedException {
        return next.offer(pending, millis, TimeUnit.MILLISECONDS);
    }

    private HttpReply handle(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(BASE)) {
            return json(404, "");
        }
        String asked = path.substring(BASE.length());
        if (asked.equals("invocation/next")) {
            return next();
        }
        if (asked.equals("restore/next")) {
            snapshotReady.complete(new Invocation.Answer(""));
            restored.join();
            return json(200, "");
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.equals("init/error") || asked.equals("restore/error")) {
            fail(error(body));
        } else if (asked.startsWith("invocation/") && asked.endsWith("/response")) {
            settle(asked, new Invocation.Answer(body));
        } else if (asked.startsWith("invocation/") && asked.endsWith("/error")) {
            settle(asked, error(body));
        } else {
            return json(404, "");
        }
        return json(202, "{\"status\":\"OK\"}");
    }

    private static HttpReply json(int status, String body) {
        return HttpReply.of(status, "application/json", body);
    }

    /** Waits for an invocation, for as long as it takes. */
    private HttpReply next() throws InterruptedException {
        initialised.complete(new Invocation.Answer(""));
        Pending pending = next.take();
        running = pending;
        return json(200, pending.payload())
                .with("Lambda-Runtime-Aws-Request-Id", pending.requestId())
                .with("Lambda-Runtime-Deadline-Ms", Long.toString(pending.deadlineEpochMs()))
                .with("Lambda-Runtime-Invoked-Function-Arn", functionArn)
                .with(
                        "Lambda-Runtime-Trace-Id",
                        "Root=1-00000000-000000000000000000000000;Sampled=0");
    }

    private void settle(String path, Invocation outcome) {
        Pending pending = running;
        String requestId = path.split("/", -1)[1];
        if (pending != null && pending.requestId().equals(requestId)) {
            running = null;
            pending.outcome().complete(outcome);
        }
    }

    /** Fails the running invocation and the initialisation, because the process has died. */
    public void died(String lastOutput) {
        Invocation.Failed failed = new Invocation.Failed("Runtime.ExitError", lastOutput);
        fail(failed);
        Pending pending = running;
        if (pending != null) {
            pending.outcome().complete(failed);
        }
    }

    private void fail(Invocation.Failed failed) {
        snapshotReady.complete(failed);
        initialised.complete(failed);
    }

    private static Invocation.Failed error(String body) {
        try {
            JsonNode error = JSON.readTree(body);
            return new Invocation.Failed(
                    error.path("errorType").asText("Unknown"),
                    error.path("errorMessage").asText("no message"));
        } catch (JsonProcessingException e) {
            return new Invocation.Failed("Unknown", body);
        }
    }

    @Override
    public void close() {
        restored.complete(null);
        server.close();
    }
}
