package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Sender of events that retries until each event is accepted or finally refused, as a tracker does.
 * A retry carries the events that were not stored only, with unchanged event ids and a new {@code
 * sentAt}. It waits at least as long as {@code Retry-After} demands, plus a random part (full
 * jitter) of a pause that doubles with each attempt up to {@link #LONGEST_PAUSE}.
 */
final class RetryingSender {
    /**
     * Maximum number of requests for the same events; covers about four minutes of an unavailable
     * API.
     */
    static final int MAX_ATTEMPTS = 160;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final FullJitter PAUSES = new FullJitter(Duration.ofMillis(100), LONGEST_PAUSE);
    private static final Duration MAX_RETRY_AFTER = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FreshetClient client;
    private final Ledger ledger;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * Creates a sender over an API.
     *
     * @param random jitters the pauses; must be thread-safe
     */
    RetryingSender(
            FreshetClient client, Ledger ledger, InstantSource clock, RandomGenerator random) {
        this.client = client;
        this.ledger = ledger;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Sends the events; returns the {@link System#nanoTime} at which the last one was accepted, or
     * 0 if none was.
     */
    long send(List<ObjectNode> events) {
        ledger.sent(events.size());
        List<ObjectNode> left = events;
        long accepted = 0;
        for (int attempt = 0; attempt < MAX_ATTEMPTS && !left.isEmpty(); attempt++) {
            Duration retryAfter = Duration.ZERO;
            try {
                ApiResponse answer = client.post("/v1/events", body(left));
                retryAfter = answer.retryAfter();
                boolean partly = answer.status() == 503 && answer.body().has("notStored");
                if (answer.status() == 202 || partly) {
                    int before = left.size();
                    left = settle(left, answer);
                    accepted = left.size() < before ? answer.arrivedAtNanos() : accepted;
                } else {
                    ledger.refused("status-" + answer.status());
                    if (answer.status() < 500 && answer.status() != 429) {
                        return accepted;
                    }
                }
            } catch (ApiUnreachableException unreachable) {
                ledger.refused("unreachable");
            }
            if (!left.isEmpty() && !paused(attempt, retryAfter)) {
                return accepted;
            }
        }
        if (!left.isEmpty()) {
            ledger.refused("given-up");
        }
        return accepted;
    }

    private ObjectNode body(List<ObjectNode> events) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode array = body.putArray("events");
        events.forEach(array::add);
        return body.put("sentAt", clock.instant().toString());
    }

    /**
     * Records which events were accepted and refused; returns those that the stream did not take.
     */
    private List<ObjectNode> settle(List<ObjectNode> events, ApiResponse answer) {
        Set<Integer> rejected = new HashSet<>();
        for (JsonNode refusal : answer.body().path("rejected")) {
            rejected.add(refusal.path("index").asInt());
            ledger.refused(refusal.path("code").asText());
        }
        Set<Integer> notStored = new HashSet<>();
        answer.body().path("notStored").forEach(index -> notStored.add(index.asInt()));
        List<ObjectNode> again = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            JsonNode event = events.get(i);
            if (notStored.contains(i)) {
                again.add(events.get(i));
            } else if (!rejected.contains(i)) {
                accepted(event, answer.arrivedAtNanos());
            }
        }
        return again;
    }

    private void accepted(JsonNode event, long atNanos) {
        String eventId = event.path("eventId").asText();
        String type = event.path("type").asText();
        Optional<String> list =
                ExposureToken.reopen(event.path("exposure").asText())
                        .map(ExposureToken::recommendationId)
                        .map(StoreInspector::list);
        boolean impression = type.equals("impression");
        ledger.accepted(
                new Ledger.Entry(
                        eventId,
                        impression ? list.orElse(eventId) : eventId,
                        !impression,
                        atNanos));
        if (type.equals("click")) {
            list.ifPresent(ledger::clicked);
        }
    }

    private boolean paused(int attempt, Duration retryAfter) {
        long atLeast = Math.min(retryAfter.toMillis(), MAX_RETRY_AFTER.toMillis());
        try {
            Thread.sleep(atLeast + PAUSES.draw(attempt + 1, random));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
