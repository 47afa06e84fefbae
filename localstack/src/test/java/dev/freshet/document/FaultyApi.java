package dev.freshet.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The route of events on a loopback port, of which one request in five fails in a way that a seed
 * draws, and which refuses some events, each in one of two ways. It keeps what a stack would keep,
 * and finds fault with the requests: each holds, in the order in which they were made, the oldest
 * events whose fate its client does not know.
 */
final class FaultyApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FAILS_ONE_IN = 5;

    /** Longer than the clients of the test wait for an answer. */
    private static final int TOO_LATE_MILLIS = 400;

    /** Of so many events one refuses the whole request, and another is rejected alone. */
    private static final int REFUSED_ONE_IN = 250;

    private static final int REFUSES_REQUEST = 17;
    private static final int REJECTED = 101;

    private static final String RETRY_AFTER = "Retry-After: 0.05\r\n";

    /** Less than that by what a timer may be early. */
    private static final long RETRY_AFTER_NANOS = 45_000_000;

    /** How a request fails. Those that end in {@code AFTER} store the events first. */
    enum Fault {
        UNAVAILABLE,
        OVERLOADED,
        OTHER_SERVER,
        NOT_ALL_STORED,
        LATE_BEFORE,
        LATE_AFTER,
        RESET_BEFORE,
        RESET_AFTER
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final SplittableRandom random;

    /** Stored events by id, in the order in which they were first stored. */
    final Map<String, JsonNode> stored = new LinkedHashMap<>();

    /** Numbers of events that are refused for good, by id. */
    final Map<String, Long> refused = new HashMap<>();

    private long notBefore = System.nanoTime();

    /**
     * Ids that the client knows to be stored or refused: it was told so, and then used the same
     * connection again, which it closes where it does not wait for a response.
     */
    final Set<String> known = new HashSet<>();

    final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    final List<String> wrong = new ArrayList<>();
    int requests;

    FaultyApi(long seed) throws IOException {
        random = new SplittableRandom(seed);
        Thread.ofVirtual().start(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // The end of the test.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            List<String> told = new ArrayList<>();
            for (byte[] body = body(in); body.length > 0; body = body(in)) {
                String answer = answer(connection, JSON.readTree(body).path("events"), told);
                if (answer.isEmpty()) {
                    return;
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // The client gave up.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the body of the next request; nothing at the end of the connection. */
    private static byte[] body(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return new byte[0];
            }
            head.write(next);
        }
        String length =
                head.toString(StandardCharsets.US_ASCII)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("(?s).*content-length: *(\\d+).*", "$1");
        return in.readNBytes(Integer.parseInt(length));
    }

    /**
     * Returns the response; nothing where the connection ends without one.
     *
     * @param told the ids that the response before on this connection settled; replaced
     */
    private String answer(Socket connection, JsonNode events, List<String> told)
            throws IOException, InterruptedException {
        Fault fault;
        String answer;
        synchronized (this) {
            requests++;
            known.addAll(told);
            told.clear();
            check(events);
            fault =
                    random.nextInt(FAILS_ONE_IN) > 0
                            ? null
                            : Fault.values()[random.nextInt(Fault.values().length)];
            if (fault != null) {
                faults.merge(fault, 1, Integer::sum);
            }
            answer =
                    switch (fault) {
                        case null -> store(events, List.of(), told);
                        case NOT_ALL_STORED -> storeSome(events, told);
                        case LATE_AFTER, RESET_AFTER -> store(events, List.of(), new ArrayList<>());
                        case UNAVAILABLE, LATE_BEFORE, RESET_BEFORE ->
                                problem(503, "store-unavailable", JSON.createObjectNode());
                        case OVERLOADED -> overloaded();
                        case OTHER_SERVER -> response(200, "", "<html>");
                    };
        }
        switch (fault) {
            case LATE_BEFORE, LATE_AFTER -> Thread.sleep(TOO_LATE_MILLIS);
            case RESET_BEFORE, RESET_AFTER -> {
                connection.setSoLinger(true, 0);
                return "";
            }
            case null, default -> {}
        }
        return answer;
    }

    private void check(JsonNode events) {
        if (System.nanoTime() < notBefore) {
            wrong.add("request " + requests + " came before the time of Retry-After");
        }
        long oldest = -1;
        for (JsonNode event : events) {
            String id = event.path("eventId").asText();
            long number = number(event);
            if (known.contains(id)) {
                wrong.add("request " + requests + " sends " + number + " again");
            }
            if (number <= oldest) {
                wrong.add("request " + requests + " sends " + number + " after " + oldest);
            }
            JsonNode same = stored.get(id);
            if (same != null && !same.equals(event)) {
                wrong.add("request " + requests + " changed " + number);
            }
            oldest = number;
        }
        // Events have the numbers 0, 1, 2, …; what is before the first of a request has been
        // stored or refused.
        long first = number(events.path(0));
        long before =
                LongStream.concat(
                                stored.values().stream().mapToLong(FaultyApi::number),
                                refused.values().stream().mapToLong(number -> number))
                        .filter(number -> number < first)
                        .count();
        if (before != first) {
            wrong.add("request %d begins with %d after %d".formatted(requests, first, before));
        }
    }

    /** Stores all but those of a random half of the users, as where shards are throttled. */
    private String storeSome(JsonNode events, List<String> told) {
        int half = random.nextInt(2);
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            if (events.path(i).path("userId").asText().hashCode() % 2 == half) {
                left.add(i);
            }
        }
        return store(events, left, told);
    }

    private String store(JsonNode events, List<Integer> left, List<String> told) {
        for (JsonNode event : events) {
            if (number(event) % REFUSED_ONE_IN == REFUSES_REQUEST) {
                if (events.size() == 1) {
                    refuse(event, told);
                }
                return number(event) % 2 == 0
                        ? problem(400, "bad-body", JSON.createObjectNode())
                        : problem(403, "not-your-user", JSON.createObjectNode());
            }
        }
        ObjectNode body = JSON.createObjectNode();
        ArrayNode rejected = body.putArray("rejected");
        int accepted = 0;
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.path(i);
            if (left.contains(i)) {
                continue;
            }
            if (number(event) % REFUSED_ONE_IN == REJECTED) {
                refuse(event, told);
                rejected.addObject().put("index", i).put("code", "unknown-type").put("detail", "");
            } else {
                String id = event.path("eventId").asText();
                stored.putIfAbsent(id, event);
                told.add(id);
                accepted++;
            }
        }
        body.put("accepted", accepted).put("receivedAt", "2026-01-01T00:00:00Z");
        if (left.isEmpty()) {
            return response(202, "", body.toString());
        }
        ArrayNode notStored = body.putArray("notStored");
        left.forEach(notStored::add);
        return problem(503, "events-not-stored", body);
    }

    private void refuse(JsonNode event, List<String> told) {
        String id = event.path("eventId").asText();
        refused.put(id, number(event));
        told.add(id);
    }

    private String overloaded() {
        notBefore = System.nanoTime() + RETRY_AFTER_NANOS;
        return response(429, RETRY_AFTER, "{\"status\": 429, \"code\": \"overloaded\"}");
    }

    private static long number(JsonNode event) {
        return event.path("itemId").asLong();
    }

    private static String problem(int status, String code, ObjectNode body) {
        return response(
                status,
                "",
                body.put("status", status).put("code", code).put("detail", code).toString());
    }

    private static String response(int status, String header, String text) {
        return "HTTP/1.1 %d %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(status, status < 300 ? "OK" : "Failed", header, text.length(), text);
    }
}
