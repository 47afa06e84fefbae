package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sends rows in requests of at most {@value #BATCH} events and {@value #BATCH_BYTES} bytes, one
 * after the other, so that each user's events keep their order. Events that the stream did not take
 * are sent again, with growing pauses, for about a minute.
 */
final class EventSender {
    static final int BATCH = 500;
    static final int BATCH_BYTES = 400_000;
    private static final int ATTEMPTS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final FreshetClient client;
    private final Map<String, String> headers;
    private final InstantSource clock;
    private final Account account;
    private List<Row.Understood> batch = new ArrayList<>();
    private int bytes;

    EventSender(
            FreshetClient client,
            Map<String, String> headers,
            InstantSource clock,
            Account account) {
        this.client = client;
        this.headers = headers;
        this.clock = clock;
        this.account = account;
    }

    void add(Row.Understood row) {
        int length = row.event().toString().length() * 2;
        if (batch.size() == BATCH || (bytes + length > BATCH_BYTES && !batch.isEmpty())) {
            flush();
        }
        batch.add(row);
        bytes += length;
    }

    /** Sends the rows that have not been sent yet. */
    void flush() {
        List<Row.Understood> rows = batch;
        batch = new ArrayList<>();
        bytes = 0;
        for (int attempt = 0; !rows.isEmpty(); attempt++) {
            if (attempt == ATTEMPTS) {
                throw new CommandException(
                        "The API did not accept the rows from line "
                                + rows.getFirst().line()
                                + " on. Import again: no event is applied twice.");
            }
            pause(attempt);
            rows = send(rows);
        }
    }

    /** Sends one request; returns the rows that are to be sent again. */
    private List<Row.Understood> send(List<Row.Understood> rows) {
        ObjectNode body = Format.JSON.createObjectNode();
        ArrayNode events = body.putArray("events");
        rows.forEach(row -> events.add(row.event()));
        body.put("sentAt", clock.instant().toString());
        ApiResponse answer = client.post("/v1/events", body, headers);
        boolean partly = answer.status() == 503 && answer.body().has("unplaced");
        if (answer.status() == 429 || (answer.status() >= 500 && !partly)) {
            return rows;
        }
        if (answer.status() != 202 && !partly) {
            throw new CommandException(answer.problem());
        }
        Set<Integer> open = new HashSet<>();
        answer.body().path("unplaced").forEach(index -> open.add(index.asInt()));
        int refused = 0;
        for (JsonNode rejection : answer.body().path("rejected")) {
            refused++;
            account.reject(
                    new Account.Rejection(
                            rows.get(rejection.path("index").asInt()).line(),
                            rejection.path("code").asText(),
                            rejection.path("detail").asText()));
        }
        account.accept((long) rows.size() - refused - open.size());
        List<Row.Understood> again = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (open.contains(i)) {
                again.add(rows.get(i));
            }
        }
        return again;
    }

    private static void pause(int attempt) {
        if (attempt == 0) {
            return;
        }
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, 10));
        try {
            Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted. Import again: no event is applied twice.", e);
        }
    }
}
