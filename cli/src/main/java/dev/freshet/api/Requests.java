package dev.freshet.api;

import dev.freshet.api.FreshetClient.UnreachableException;
import dev.freshet.console.CommandException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Requests, each repeated until the API takes it or says why it does not. An API that is
 * overloaded, cannot be reached or fails is asked again for at most {@link #PATIENCE}; one that has
 * never answered is not waited for. Safe for several threads.
 */
public final class Requests {
    /** How long a request is repeated. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SendingRate rate;
    private final FullJitter pauses;
    private final InstantSource clock;
    private final Waiter waiter;
    private volatile boolean answered;

    /**
     * Creates requests.
     *
     * @param perSecond most events a second, at least {@value SendingRate#LEAST}
     * @param pauses how long requests wait at least, after so many failures of one
     */
    public Requests(double perSecond, FullJitter pauses, InstantSource clock, Waiter waiter) {
        this.rate = new SendingRate(perSecond, clock);
        this.pauses = pauses;
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
    public ApiResponse settled(int events, Supplier<ApiResponse> request)
            throws InterruptedException {
        Instant end = clock.instant().plus(PATIENCE);
        for (int failures = 1; ; failures++) {
            waiter.sleep(rate.take(events));
            ApiResponse response = send(request);
            if (response != null && isSettled(response)) {
                rate.taken(events);
                return response;
            }
            Duration pause = Duration.ofMillis(pauses.bound(failures));
            Duration asked = response == null ? Duration.ZERO : response.retryAfter();
            rate.refused(asked.compareTo(pause) > 0 ? asked : pause);
            CommandException.require(
                    clock.instant().isBefore(end),
                    "The API took nothing for %d minutes (%s). Run the command again: it goes on where it stood.",
                    PATIENCE.toMinutes(),
                    response == null ? "no answer" : response.problem());
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
        } catch (UnreachableException unreachable) {
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

    /** Waits; a test does so without waiting. */
    @FunctionalInterface
    public interface Waiter {
        /** Waits on the thread that calls. */
        Waiter SLEEP = Thread::sleep;

        /** Waits for a time that may be zero. */
        void sleep(Duration time) throws InterruptedException;
    }

    /**
     * How many events a second an import sends. It starts at its limit, is halved by each refusal
     * for overload, and grows back within half a minute of sending without one (additive increase,
     * multiplicative decrease). All requests wait while the API asks to. Safe for several threads.
     */
    static final class SendingRate {
        /** Fewest events a second. */
        static final double LEAST = 10;

        /** Time in which the pace grows by half of the limit. */
        static final Duration RECOVERY = Duration.ofSeconds(30);

        private final double limit;
        private final InstantSource clock;
        private double perSecond;
        private Instant next;

        /**
         * Creates a pace.
         *
         * @param limit most events a second, at least {@value #LEAST}
         */
        SendingRate(double limit, InstantSource clock) {
            this.limit = Math.max(LEAST, limit);
            this.clock = clock;
            this.perSecond = this.limit;
            this.next = clock.instant();
        }

        /** Takes the place of a request, and returns how long to wait before it is sent. */
        synchronized Duration take(int events) {
            Instant now = clock.instant();
            Instant start = next.isBefore(now) ? now : next;
            next = start.plus(Duration.ofNanos((long) (1e9 * events / perSecond)));
            return Duration.between(now, start);
        }

        /** Reports that the API took events. */
        synchronized void taken(int events) {
            double seconds = events / perSecond;
            perSecond = Math.min(limit, perSecond + limit / 2 * seconds / RECOVERY.toSeconds());
        }

        /**
         * Reports that the API took nothing of a request, and when it may be asked again, which it
         * is after {@link #PATIENCE} in any case.
         */
        synchronized void refused(Duration retryAfter) {
            perSecond = Math.max(LEAST, perSecond / 2);
            Duration wait = retryAfter.compareTo(PATIENCE) < 0 ? retryAfter : PATIENCE;
            Instant allowed = clock.instant().plus(wait);
            next = next.isBefore(allowed) ? allowed : next;
        }

        synchronized double perSecond() {
            return perSecond;
        }
    }
}
