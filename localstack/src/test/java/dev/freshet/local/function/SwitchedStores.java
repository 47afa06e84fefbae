package dev.freshet.local.function;

import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * DynamoDB with empty tables, S3 without objects, and Secrets Manager with one secret, behind one
 * endpoint. A test can make all of them hang, and change the secret.
 */
final class SwitchedStores implements AutoCloseable {
    private static final String CAPACITY =
            "\"ConsumedCapacity\":{\"TableName\":\"rows\",\"CapacityUnits\":0.5}";

    private final LoopbackServer server = LoopbackServer.start(this::answer);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger secretsRead = new AtomicInteger();
    private volatile boolean hanging;
    private volatile String secret = "s".repeat(40);

    String endpoint() {
        return server.uri().toString();
    }

    /** Leaves every request from now on without an answer. */
    void hang() {
        hanging = true;
    }

    void secret(String changed) {
        secret = changed;
    }

    int secretsRead() {
        return secretsRead.get();
    }

    private HttpReply answer(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getRequestBody().readAllBytes();
        if (hanging) {
            closed.await();
        }
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String body = answer(target == null ? "" : target);
        return HttpReply.of(body.isEmpty() ? 404 : 200, "application/x-amz-json-1.0", body);
    }

    private String answer(String target) {
        return switch (target.substring(target.indexOf('.') + 1)) {
            case "GetItem" -> "{" + CAPACITY + "}";
            case "Query" -> "{\"Items\":[],\"Count\":0,\"ScannedCount\":0," + CAPACITY + "}";
            case "GetSecretValue" -> {
                secretsRead.incrementAndGet();
                yield "{\"SecretString\":\"" + secret + "\"}";
            }
            default -> "";
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.close();
    }
}
