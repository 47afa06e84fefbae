package dev.freshet.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.console.CommandException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Waits until the streams of a local cloud have been read to their ends. The state is asked for
 * until it says so twice in a row, because what is read from one stream is written to the next.
 * Waiting that would never end fails: where training is stopped, or no record was finished in a
 * minute.
 */
public final class Drain {
    /** Member of the status that says why nothing is learned, if so. */
    public static final String PROBLEM = "problem";

    private static final Duration STALLED = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int QUIET_LOOKS = 2;

    private Drain() {}

    /**
     * Waits for at most ten minutes, and a minute in which no record is finished.
     *
     * @param behind receives the number of records that are still to be read
     * @return how long it took; empty where the API is not a local cloud's
     * @throws CommandException if that never ends, or the time was up
     */
    public static Optional<Duration> await(FreshetClient client, LongConsumer behind)
            throws InterruptedException {
        return await(client, STALLED, behind, LONGEST);
    }

    static Optional<Duration> await(
            FreshetClient client, Duration stalled, LongConsumer behind, Duration longest)
            throws InterruptedException {
        Optional<Duration> took = read(client, longest, stalled, behind);
        CommandException.require(
                took.isPresent() || mappings(client).isEmpty(),
                "Not everything is applied: for a minute nothing was, or it goes on for ten. './freshet status' shows what waits, and the last error of each function.");
        return took;
    }

    /**
     * Waits for at most a given time.
     *
     * @param behind receives the number of records that are still to be read
     * @return how long it took; empty where the API is not a local cloud's or the time was up
     * @throws CommandException if training is stopped
     */
    public static Optional<Duration> await(
            FreshetClient client, Duration longest, LongConsumer behind)
            throws InterruptedException {
        return read(client, longest, longest, behind);
    }

    private static Optional<Duration> read(
            FreshetClient client, Duration longest, Duration stalled, LongConsumer behind)
            throws InterruptedException {
        long start = System.nanoTime();
        long moved = start;
        long before = 0;
        int quiet = 0;
        for (long now = start;
                now - start < longest.toNanos() && now - moved < stalled.toNanos();
                now = System.nanoTime()) {
            Optional<JsonNode> mappings = mappings(client);
            if (mappings.isEmpty()) {
                return Optional.empty();
            }
            long left = 0;
            long finished = 0;
            for (JsonNode mapping : mappings.get()) {
                left += mapping.path("recordsBehind").asLong();
                finished += mapping.path("records").asLong() + mapping.path("givenUp").asLong();
            }
            moved = left == 0 || finished != before ? now : moved;
            before = finished;
            behind.accept(left);
            quiet = left == 0 ? quiet + 1 : 0;
            if (quiet == QUIET_LOOKS) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }

    /** Returns how far each function has read; empty where the API is not a local cloud's. */
    private static Optional<JsonNode> mappings(FreshetClient client) {
        JsonNode status = client.get("/_freshet/status").body();
        CommandException.require(
                !status.has(PROBLEM),
                "What was accepted waits in the stream and is not applied. %s",
                status.path(PROBLEM).asText());
        return Optional.of(status.path("mappings")).filter(JsonNode::isArray);
    }
}
