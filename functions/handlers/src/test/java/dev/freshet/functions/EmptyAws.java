package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * The services of AWS with empty tables, streams and buckets, which keep nothing and deny one
 * resource to everybody: a table, stream or bucket by its name, else a service by {@code secret},
 * {@code lambda}, {@code metrics} or {@code bedrock}.
 */
final class EmptyAws implements AutoCloseable {
    private static final String EMPTY =
            """
            {"Items": [], "Count": 0, "ScannedCount": 0, "Responses": {}, "UnprocessedKeys": {},
             "ConsumedCapacity": %s,
             "SequenceNumber": "1", "ShardId": "shardId-000000000000", "FailedRecordCount": 0,
             "Records": [{"SequenceNumber": "1", "ShardId": "shardId-000000000000"}], "Shards": [],
             "StreamDescriptionSummary": {"RetentionPeriodHours": 48, "OpenShardCount": 1,
                "StreamName": "s", "StreamARN": "a", "StreamStatus": "ACTIVE",
                "EnhancedMonitoring": [], "StreamCreationTimestamp": 1},
             "SecretString": "a secret of thirty-two characters or more",
             "MetricDataResults": [
               {"Id": "ages0", "StatusCode": "Complete", "Timestamps": [], "Values": []},
               {"Id": "received", "StatusCode": "Complete", "Timestamps": [], "Values": []}]}
            """
                    .strip();

    private final HttpServer server;
    private final Set<String> asked = new ConcurrentSkipListSet<>();
    private volatile @Nullable String denied;

    EmptyAws() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Denies a resource from now on, or none. */
    void deny(@Nullable String resource) {
        denied = resource;
        asked.clear();
    }

    /** Returns the resources of the calls since {@link #deny}. */
    Set<String> asked() {
        return Set.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        .orElse("");
        String path = exchange.getRequestURI().getPath();
        boolean bedrock = path.startsWith("/model/");
        boolean s3 = target.isEmpty() && !bedrock && !path.startsWith("/2015-03-31/");
        String resource =
                bedrock ? "bedrock" : s3 ? path.split("/", -1)[1] : resource(target, body);
        asked.add(resource);
        boolean refused = resource.equals(denied);
        String answer =
                s3 ? xml(exchange, refused) : refused ? DENIED : EMPTY.formatted(capacity(target));
        int given = s3 ? (answer.contains("<Error>") ? 404 : 200) : target.isEmpty() ? 202 : 200;
        int status = !refused ? given : target.isEmpty() ? 403 : 400;
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", s3 ? "application/xml" : "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static final String DENIED =
            "{\"__type\":\"AccessDeniedException\",\"message\":\"ann is not authorized\"}";

    private static String capacity(String target) {
        String capacity = "{\"TableName\": \"t\", \"CapacityUnits\": 1}";
        return target.contains("Batch") ? "[" + capacity + "]" : capacity;
    }

    private static String resource(String target, byte[] body) throws IOException {
        if (!target.startsWith("Dynamo") && !target.startsWith("Kinesis")) {
            return target.isEmpty()
                    ? "lambda"
                    : target.startsWith("Granite") ? "metrics" : "secret";
        }
        JsonNode request = Gateway.MAPPER.readTree(body);
        if (request.has("RequestItems")) {
            return request.path("RequestItems").fieldNames().next();
        }
        String name = request.path("TableName").asText(request.path("StreamName").asText());
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String xml(HttpExchange exchange, boolean refused) {
        String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
        if (refused) {
            return "<Error><Code>AccessDenied</Code><Message>ann</Message></Error>";
        }
        return !exchange.getRequestMethod().equals("GET")
                ? ""
                : query.contains("list-type")
                        ? "<ListBucketResult></ListBucketResult>"
                        : "<Error><Code>NoSuchKey</Code><Message>no</Message></Error>";
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
