package dev.freshet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.client.model.Event;
import dev.freshet.client.model.Rejection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client of one stack. Each operation of the API is a method, named by its {@code operationId};
 * events go through a queue. Safe for several threads. Closing it closes the queue.
 */
public final class Freshet extends Operations implements AutoCloseable {
    private final Http http;
    private final EventQueue events;

    private Freshet(Builder options) {
        this.http = new Http(options);
        this.events = new EventQueue(http, options);
    }

    /**
     * Returns a builder with the defaults.
     *
     * @param endpoint the address of the API, such as {@code https://api.example.org}
     * @param key a key or a user token
     */
    public static Builder builder(String endpoint, String key) {
        return new Builder(endpoint, key);
    }

    /** Returns the queue of events; close it before the process ends. */
    public EventQueue events() {
        return events;
    }

    /**
     * Sends what the queue holds, for 30 seconds at most.
     *
     * @throws IllegalStateException if the API has not taken all events
     */
    @Override
    public void close() {
        int left = events.close(Duration.ofSeconds(30)).size();
        if (left > 0) {
            throw new IllegalStateException("The API has not taken " + left + " events.");
        }
    }

    @Override
    <T> @Nullable T call(
            String method,
            String path,
            @Nullable Object body,
            @Nullable Object query,
            Class<T> result) {
        JsonNode answer = http.call(method, path, body, query);
        try {
            return answer.isMissingNode() ? null : Http.JSON.treeToValue(answer, result);
        } catch (JsonProcessingException e) {
            throw FreshetProblem.noAnswer("an answer of another form", e);
        }
    }

    /** What a client does, and when. */
    public static final class Builder {
        final String endpoint;
        Supplier<String> key;
        Duration timeout = Duration.ofSeconds(10);
        int retries = 2;
        Duration firstPause = Duration.ofMillis(500);
        Duration longestPause = Duration.ofSeconds(30);
        int maxQueued = 10_000;
        int batchSize = EventQueue.MAX_BATCH;
        Duration flushInterval = Duration.ofSeconds(1);
        BiConsumer<Event, Rejection> onRejected = EventQueue::log;
        Consumer<FreshetProblem> onRetry = EventQueue::log;
        RandomGenerator random = RandomGenerator.getDefault();
        InstantSource clock = InstantSource.system();
        Supplier<String> ids = () -> UUID.randomUUID().toString();

        private Builder(String endpoint, String key) {
            if (!endpoint.startsWith("http://") && !endpoint.startsWith("https://")) {
                throw new IllegalArgumentException(
                        "endpoint is the address of the API, such as https://api.example.org");
            }
            this.endpoint =
                    endpoint.endsWith("/")
                            ? endpoint.substring(0, endpoint.length() - 1)
                            : endpoint;
            String checked = Http.credential(key);
            this.key = () -> checked;
        }

        /**
         * Returns a time, or 24.8 days where it is longer.
         *
         * @throws IllegalArgumentException if it is not more than zero
         */
        private static Duration time(String name, Duration time) {
            check(!time.isNegative() && !time.isZero(), name + " is a time of more than zero");
            return EventQueue.bounded(time);
        }

        private static void check(boolean holds, String sentence) {
            if (!holds) {
                throw new IllegalArgumentException(sentence);
            }
        }

        /** Asks for the credential before each request, so that a token can be renewed. */
        public Builder key(Supplier<String> key) {
            this.key = key;
            return this;
        }

        /** Sets after what time a request counts as not answered; 10 seconds by default. */
        public Builder timeout(Duration timeout) {
            this.timeout = time("timeout", timeout);
            return this;
        }

        /**
         * Sets how often a call is repeated that was not answered, came too often or failed; 2 by
         * default. Events are repeated until they are taken.
         */
        public Builder retries(int retries) {
            check(retries >= 0, "retries is a whole number, 0 or more");
            this.retries = retries;
            return this;
        }

        /**
         * Sets the bounds of pauses between attempts: half a second at first, 30 seconds after
         * further failures. A call for which the API asks to wait longer is not repeated.
         */
        public Builder pauses(Duration first, Duration longest) {
            this.firstPause = time("first", first);
            this.longestPause = time("longest", longest);
            return this;
        }

        /** Sets how many events the queue holds; 10,000 by default. */
        public Builder maxQueued(int maxQueued) {
            check(maxQueued >= 1, "maxQueued is a whole number, 1 or more");
            this.maxQueued = maxQueued;
            return this;
        }

        /** Sets how many events a request has at most; 500 by default and at most. */
        public Builder batchSize(int batchSize) {
            check(
                    batchSize >= 1 && batchSize <= EventQueue.MAX_BATCH,
                    "batchSize is a whole number, 1 to " + EventQueue.MAX_BATCH);
            this.batchSize = batchSize;
            return this;
        }

        /** Sets after what time events are sent that do not fill a request; a second by default. */
        public Builder flushInterval(Duration flushInterval) {
            this.flushInterval = time("flushInterval", flushInterval);
            return this;
        }

        /**
         * Is given each event that the API refused for good, before the queue is empty; by default
         * they are logged.
         */
        public Builder onRejected(BiConsumer<Event, Rejection> onRejected) {
            this.onRejected = onRejected;
            return this;
        }

        /** Is given each problem after which events are sent again; by default it is logged. */
        public Builder onRetry(Consumer<FreshetProblem> onRetry) {
            this.onRetry = onRetry;
            return this;
        }

        /** Returns a client. */
        public Freshet build() {
            return new Freshet(this);
        }
    }
}
