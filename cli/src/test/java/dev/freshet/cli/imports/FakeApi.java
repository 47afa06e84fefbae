package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.cli.CommandServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An API that keeps what it took, and answers as a test tells it to. */
final class FakeApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<Request, Answer> behaviour;
    private final Map<String, List<String>> takenByUser = new LinkedHashMap<>();
    private int requests;

    /** A request, with its number from 0. */
    record Request(int number, String path, JsonNode body, String permit) {
        List<JsonNode> events() {
            return body.path("events").valueStream().toList();
        }
    }

    /** What the API does with a request. */
    sealed interface Answer {
        /** Takes all. */
        record Takes() implements Answer {}

        /** Takes all but the events at these indexes, and answers 503. */
        record NotStored(List<Integer> indexes) implements Answer {}

        /** Refuses the events at these indexes. */
        record Rejects(List<Integer> indexes) implements Answer {}

        /** Takes nothing. */
        record Refuses(int status, String code, int retryAfter) implements Answer {}
    }

    FakeApi(Function<Request, Answer> behaviour) {
        this.behaviour = behaviour;
        server = CommandServer.serving(this::handle);
    }

    URI uri() {
        return CommandServer.address(server);
    }

    /** Returns the ids of the events that were taken, by user, in the order of arrival. */
    synchronized Map<String, List<String>> takenByUser() {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        takenByUser.forEach((user, ids) -> copy.put(user, List.copyOf(ids)));
        return copy;
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            String permit = exchange.getRequestHeaders().getFirst("Freshet-Import-Permit");
            Request request =
                    new Request(
                            requests++,
                            exchange.getRequestURI().getPath(),
                            body,
                            permit == null ? "" : permit);
            ObjectNode answer = JSON.createObjectNode();
            int status = answer(request, behaviour.apply(request), answer, exchange);
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private int answer(Request request, Answer how, ObjectNode answer, HttpExchange exchange) {
        return switch (how) {
            case Answer.Takes() -> {
                take(request, List.of());
                yield request.events().isEmpty() ? 200 : 202;
            }
            case Answer.NotStored(var indexes) -> {
                take(request, indexes);
                ArrayNode notStored = answer.putArray("notStored");
                indexes.forEach(notStored::add);
                yield 503;
            }
            case Answer.Rejects(var indexes) -> {
                take(request, indexes);
                ArrayNode rejected = answer.putArray("rejected");
                for (int index : indexes) {
                    rejected.addObject()
                            .put("index", index)
                            .put("code", "bad")
                            .put("detail", "It is bad.");
                }
                yield 202;
            }
            case Answer.Refuses(int status, var code, int retryAfter) -> {
                answer.put("code", code).put("detail", "Refused: " + code + ".");
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(retryAfter));
                yield status;
            }
        };
    }

    private void take(Request request, List<Integer> without) {
        List<JsonNode> events = request.events();
        for (int i = 0; i < events.size(); i++) {
            if (!without.contains(i)) {
                takenByUser
                        .computeIfAbsent(
                                events.get(i).path("userId").asText(), _ -> new ArrayList<>())
                        .add(events.get(i).path("eventId").asText());
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
