package dev.freshet.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.client.model.NewEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;

/** A server on a loopback port that answers by a function, and keeps what was asked. */
final class FakeApi implements AutoCloseable {
    final List<Request> requests = new CopyOnWriteArrayList<>();
    Answers answers = (request, count) -> taken(request);
    private final HttpServer server;

    record Request(String target, String credential, JsonNode body, long nanos) {
        List<String> items() {
            return StreamSupport.stream(body.path("events").spliterator(), false)
                    .map(event -> event.path("itemId").asText())
                    .toList();
        }
    }

    record Answer(int status, String retryAfter, String body) {}

    interface Answers {
        Answer to(Request request, int count);
    }

    FakeApi() {
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

    @Override
    public void close() {
        server.stop(0);
    }

    Freshet.Builder client() {
        return client("fsk_test");
    }

    Freshet.Builder client(String key) {
        return Freshet.builder("http://127.0.0.1:" + server.getAddress().getPort(), key)
                .pauses(Duration.ofMillis(1), Duration.ofSeconds(2))
                .flushInterval(Duration.ofMinutes(1));
    }

    /** Answers the first request so, and takes the events of the others. */
    void first(Answer answer) {
        answers = (request, count) -> count == 1 ? answer : taken(request);
    }

    /** Returns the time between two requests, in milliseconds. */
    long millis(int from, int to) {
        return (requests.get(to).nanos() - requests.get(from).nanos()) / 1_000_000;
    }

    static NewEvent view(String item) {
        return NewEvent.builder().type("view").userId("u-1").itemId(item).build();
    }

    static Answer taken(Request request) {
        return new Answer(
                202, "", "{\"accepted\": %d, \"rejected\": []}".formatted(request.items().size()));
    }

    static Answer problem(int status, String code, String more) {
        return new Answer(
                status, "", "{\"code\": \"%s\", \"detail\": \"Do this.\"%s}".formatted(code, more));
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request request =
                new Request(
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        Http.JSON.readTree(body),
                        System.nanoTime());
        requests.add(request);
        Answer answer = answers.to(request, requests.size());
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] sent = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), sent.length == 0 ? -1 : sent.length);
        exchange.getResponseBody().write(sent);
        exchange.close();
    }
}
