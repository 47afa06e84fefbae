package dev.freshet.cli.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.cli.CommandServer;
import dev.freshet.recommend.BulkRun;
import dev.freshet.recommend.BulkRun.LineRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * A bucket, a function and a state machine that make lists in bulk: each user whose id begins with
 * {@code bad} is refused, and batches fail by their first line as often as a test says.
 */
final class FakeBulkStack implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final Map<String, byte[]> objects = new TreeMap<>();
    final List<JsonNode> executions = new ArrayList<>();
    final List<Long> batches = new ArrayList<>();
    final Map<Long, Integer> failures = new TreeMap<>();
    final Set<String> stopped = new HashSet<>();
    String refusal = "";
    private final Map<String, Integer> looks = new TreeMap<>();
    private final HttpServer server;
    private final Clients clients;

    FakeBulkStack() {
        server = CommandServer.serving(this::answer);
        clients = new Clients(Settings.from(Map.of("AWS_ENDPOINT_URL", address().toString())));
    }

    URI address() {
        return CommandServer.address(server);
    }

    Clients clients() {
        return clients;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        String path = exchange.getRequestURI().getPath();
        int status = 200;
        byte[] answer = new byte[0];
        if (target != null) {
            answer =
                    states(target, JSON.readTree(body)).toString().getBytes(StandardCharsets.UTF_8);
        } else if (path.endsWith("/invocations")) {
            JsonNode event = JSON.readTree(body);
            if (event.path("users").isEmpty()) {
                answer = bytes(JSON.createObjectNode().put("refusal", refusal));
            } else if (made(
                    event.path("run").asText(), event.path("users").valueStream().toList())) {
                answer = bytes(JSON.createObjectNode().put("lists", 1));
            } else {
                exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
                answer = bytes(JSON.createObjectNode().put("errorType", "down"));
            }
        } else if (path.equals("/bucket") || path.equals("/bucket/")) {
            answer = list().getBytes(StandardCharsets.UTF_8);
        } else {
            String key = path.substring("/bucket/".length());
            switch (exchange.getRequestMethod()) {
                case "PUT" ->
                        objects.put(
                                key,
                                exchange.getRequestHeaders()
                                                .containsKey("X-amz-decoded-content-length")
                                        ? joined(body)
                                        : body);
                case "DELETE" -> {
                    objects.remove(key);
                    status = 204;
                }
                default -> answer = objects.getOrDefault(key, new byte[0]);
            }
        }
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Returns the content of a body that the client signed chunk by chunk. */
    private static byte[] joined(byte[] body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int end = at;
            while (body[end] != '\n') {
                end++;
            }
            String header = new String(body, at, end - at, StandardCharsets.US_ASCII).strip();
            int length = Integer.parseInt(header.split(";", -1)[0], 16);
            if (length == 0) {
                break;
            }
            content.write(body, end + 1, length);
            at = end + 1 + length + 2;
        }
        return content.toByteArray();
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String list() {
        return "<ListBucketResult><IsTruncated>false</IsTruncated>"
                + objects.keySet().stream()
                        .filter(key -> key.contains("/lists/"))
                        .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                        .collect(Collectors.joining())
                + "</ListBucketResult>";
    }

    private JsonNode states(String target, JsonNode request) throws IOException {
        if (target.endsWith("StartExecution")) {
            JsonNode input = JSON.readTree(request.path("input").asText());
            executions.add(input);
            List<JsonNode> users = new ArrayList<>();
            byte[] lines = objects.get(input.path("users").asText());
            for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty()) {
                    users.add(JSON.readTree(line));
                }
            }
            for (int i = 0; i < users.size(); i += BulkRun.BATCH) {
                made(
                        input.path("run").asText(),
                        users.subList(i, Math.min(i + BulkRun.BATCH, users.size())));
            }
            return JSON.createObjectNode().put("executionArn", request.path("name").asText());
        }
        String name = request.path("executionArn").asText();
        ObjectNode execution = JSON.createObjectNode();
        if (!refusal.isEmpty()) {
            return execution
                    .put("status", "FAILED")
                    .put("error", "RequestRefused")
                    .put("cause", refusal);
        }
        if (stopped.contains(name)) {
            return execution.put("status", "ABORTED");
        }
        return execution.put(
                "status", looks.merge(name, 1, Integer::sum) < 2 ? "RUNNING" : "SUCCEEDED");
    }

    private boolean made(String run, List<JsonNode> users) throws IOException {
        long first = users.getFirst().path("line").asLong();
        batches.add(first);
        if (failures.getOrDefault(first, 0) > 0) {
            failures.merge(first, -1, Integer::sum);
            return false;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream lines = new GZIPOutputStream(bytes)) {
            for (JsonNode user : users) {
                String id = user.at("/user/userId").asText();
                ObjectNode line = JSON.createObjectNode().put("line", user.path("line").asLong());
                line.put("userId", id);
                if (id.startsWith("bad")) {
                    line.putObject("refused").put("code", "bad-id").put("message", "Bad.");
                } else {
                    line.put("recommendationId", "r-" + id);
                }
                lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        objects.put(
                new BulkRun(run)
                        .listsKey(new LineRange(first, users.getLast().path("line").asLong())),
                bytes.toByteArray());
        return true;
    }

    @Override
    public void close() {
        clients.close();
        server.stop(0);
    }
}
