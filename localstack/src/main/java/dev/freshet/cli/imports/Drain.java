package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Waits until the streams are read to their ends, twice in a row: what comes out of one goes into
 * the next.
 */
public final class Drain {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int QUIET_LOOKS = 2;

    private Drain() {}

    /**
     * Waits.
     *
     * @param behind is told how many records are still to be read
     * @return how long it took, or empty where there is no local cloud to ask or the time was up
     */
    public static Optional<Duration> await(FreshetClient client, LongConsumer behind)
            throws InterruptedException {
        return await(client, LONGEST, behind);
    }

    /** The same, for at most so long. */
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
