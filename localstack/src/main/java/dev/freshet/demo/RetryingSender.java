package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ExposureToken;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.BatchSender;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.api.Requests;
import dev.freshet.api.Requests.Waiter;
import dev.freshet.console.CommandException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Sends the events of a visit until each is accepted or finally refused, as a tracker does, and
 * records it. A retry has a new {@code sentAt}, and the events that were not stored only. Safe for
 * several threads.
 *
 * @param clock the time of the visit
 */
record RetryingSender(FreshetClient client, Ledger ledger, InstantSource clock) {
    private static final FullJitter PAUSES =
            new FullJitter(Duration.ofMillis(100), Duration.ofSeconds(3));

    private static final int MAX_EVENTS = 500;
    private static final long MAX_BYTES = 400_000;

    /** Most events of a visit that are sent in a second. */
    private static final int PER_SECOND = 20_000;

    /**
     * Sends the events; returns the {@link System#nanoTime} at which the last one was accepted, or
     * 0 if none was.
     */
    long send(List<ObjectNode> events) {
        ledger.sent(events.size());
        Requests requests = new Requests(PER_SECOND, PAUSES, InstantSource.system(), Waiter.SLEEP);
        BatchSender<ObjectNode> sender =
                new BatchSender<>(
                        "events", MAX_EVENTS, MAX_BYTES, Function.identity(), this::post, requests);
        AtomicLong last = new AtomicLong();
        try {
            sender.send(
                    events,
                    (taken, answer) -> {
                        for (ObjectNode event : taken) {
                            last.set(answer.arrivedAtNanos());
                            accepted(event, answer.arrivedAtNanos());
                        }
                    },
                    (_, code, _) -> ledger.refused(code));
        } catch (CommandException givenUp) {
            ledger.refused("given-up");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return last.get();
    }

    /** Makes a request; no answer is recorded and returned as one of an API that failed. */
    private ApiResponse post(ObjectNode body) {
        body.put("sentAt", clock.instant().toString());
        try {
            ApiResponse answer = client.post("/v1/events", body);
            if (!answer.ok() && !answer.body().has("notStored")) {
                ledger.refused("status-" + answer.status());
            }
            return answer;
        } catch (UnreachableException unreachable) {
            ledger.refused("unreachable");
            return new ApiResponse(
                    503,
                    MissingNode.getInstance(),
                    System.nanoTime(),
                    Duration.ZERO,
                    Duration.ZERO);
        }
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
}
