package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Waits until the streams of a local cloud have been read to their ends. The state is asked for
 * until it says so twice in a row, because what is read from one stream is written to the next.
 */
public final class Drain {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int QUIET_LOOKS = 2;

    private Drain() {}

    /**
     * Waits for at most ten minutes.
     *
     * @param behind receives the number of records that are still to be read
     * @return how long it took; empty where the API is not a local cloud's or the time was up
     */
    public static Optional<Duration> await(FreshetClient client, LongConsumer behind)
            throws InterruptedException {
        return await(client, LONGEST, behind);
    }

    /**
     * Waits for at most a given time.
     *
     * @param behind receives the number of records that are still to be read
     * @return how long it took; empty where the API is not a local cloud's or the time was up
     */
    public static Optional<Duration> await(
            FreshetClient client, Duration longest, LongConsumer behind)
            throws InterruptedException {
        long start = System.nanoTime();
        int quiet = 0;
        while (System.nanoTime() - start < longest.toNanos()) {
            ApiResponse status = client.get("/_freshet/status");
            if (!status.ok() || !status.body().has("mappings")) {
                return Optional.empty();
            }
            long left = 0;
            for (JsonNode mapping : status.body().path("mappings")) {
                left += mapping.path("recordsBehind").asLong();
            }
            behind.accept(left);
            quiet = left == 0 ? quiet + 1 : 0;
            if (quiet == QUIET_LOOKS) {
                return Optional.of(Duration.ofNanos(System.nanoTime() - start));
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return Optional.empty();
    }
}
