package dev.freshet.cli.imports.sending;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests of an import, each repeated until the API takes it or says why it does not. An API that
 * is overloaded, cannot be reached or fails is asked again for at most {@link #PATIENCE}; one that
 * has never answered is not waited for.
 */
final class Requests {
    /** How long a request is repeated. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final FullJitter PAUSES =
            new FullJitter(Duration.ofMillis(200), Duration.ofSeconds(10));

    private final SendingRate rate;
    private final InstantSource clock;
    private final Waiter waiter;
    private volatile boolean answered;

    Requests(SendingRate rate, InstantSource clock, Waiter waiter) {
        this.rate = rate;
        this.clock = clock;
        this.waiter = waiter;
    }

    /**
     * Returns the response to a request that is neither 429 nor a failure of the API. A 503 that
     * took a part of the events is returned.
     *
     * @param events by how many events the request counts
     * @throws CommandException if the patience is over
     */
    ApiResponse settled(int events, Supplier<ApiResponse> request) throws InterruptedException {
        Instant end = clock.instant().plus(PATIENCE);
        for (int failures = 1; ; failures++) {
            waiter.sleep(rate.take(events));
            ApiResponse response = send(request);
            if (response != null && isSettled(response)) {
                rate.taken(events);
                return response;
            }
            Duration pause = Duration.ofMillis(PAUSES.bound(failures));
            Duration asked = response == null ? Duration.ZERO : response.retryAfter();
            rate.refused(asked.compareTo(pause) > 0 ? asked : pause);
            if (!clock.instant().isBefore(end)) {
                throw new CommandException(
                        "The API took nothing for "
                                + PATIENCE.toMinutes()
                                + " minutes ("
                                + (response == null ? "no answer" : response.problem())
                                + "). Run the command again: it goes on where it stood.");
            }
        }
    }

    /** Reports that the API took only some of the events of a request. */
    void partly(ApiResponse response) {
        rate.refused(response.retryAfter());
    }

    private @Nullable ApiResponse send(Supplier<ApiResponse> request) {
        try {
            ApiResponse response = request.get();
            answered = true;
            return response;
        } catch (ApiUnreachableException unreachable) {
            if (!answered) {
                throw unreachable;
            }
            return null;
        }
    }

    private static boolean isSettled(ApiResponse response) {
        boolean partly = response.status() == 503 && response.body().has("notStored");
        return partly || (response.status() != 429 && response.status() < 500);
    }
}
