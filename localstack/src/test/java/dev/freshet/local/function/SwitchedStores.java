package dev.freshet.local.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * DynamoDB with empty tables, S3 without objects, and Secrets Manager with one secret, behind one
 * endpoint. A test can make all of them hang, and change the secret.
 */
final class SwitchedStores implements AutoCloseable {
    private static final String CAPACITY =
            "\"ConsumedCapacity\":{\"TableName\":\"rows\",\"CapacityUnits\":0.5}";

    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger secretsRead = new AtomicInteger();
    private volatile boolean hanging;
    private volatile String secret = "s".repeat(40);

    SwitchedStores() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
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

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            if (hanging) {
                closed.await();
            }
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            byte[] body = answer(target == null ? "" : target).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
        server.stop(0);
    }
}
