package dev.freshet.insight;

import static dev.freshet.check.Check.require;

import dev.freshet.json.WireName;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of the flows of a stack in the last hour. As JSON it goes from the local cloud
 * to the function that answers; owners get a {@link FlowReport} of it.
 *
 * @param source who measured
 * @param asOf when the figures were read or, where nothing happened since, when they last changed
 * @param minutes counts by minute, oldest first, without gaps; at most {@value #MINUTES} that are
 *     complete, and the present one
 * @param freshness the time from the receipt of an event until its row was written; null where no
 *     row was written
 * @param consumers how far each consumer of a stream is behind, where that is known
 * @param recommendTimes the time to compute a list; null where none was computed
 * @param requestsKnown whether the requests of the API are counted
 * @param refusals refused events by code; null where codes are not counted
 * @param clockSkew by how much the clocks of clients are wrong; null where no request said the time
 *     of its clock
 */
public record Flow(
        Source source,
        Instant asOf,
        List<Minute> minutes,
        @Nullable Freshness freshness,
        List<Consumer> consumers,
        @Nullable Percentiles recommendTimes,
        boolean requestsKnown,
        @Nullable Map<String, Long> refusals,
        @Nullable ClockSkew clockSkew) {
    /** Most complete minutes. */
    public static final int MINUTES = 60;

    /**
     * The upper bounds of the classes of {@link Freshness#counts}, in milliseconds; the last class
     * has none.
     */
    public static final List<Integer> BOUNDS_MS = List.of(10, 20, 50, 100, 200, 500, 1_000, 5_000);

    /**
     * Port to what is measured of the flows of a stack. It is asked only to answer a request for
     * insights, so that no recommendation ever waits for it.
     */
    @FunctionalInterface
    public interface Measurements {
        /** Where nothing is measured. */
        Measurements NONE = now -> Optional.empty();

        /**
         * Returns the figures of the last hour; empty if nothing is measured.
         *
         * @throws StoreUnavailableException if they cannot be read in time
         */
        Optional<Flow> flow(Instant now);

        /**
         * Returns the figures of before, in steps; empty if none are kept.
         *
         * @throws StoreUnavailableException if they cannot be read in time
         */
        default Optional<FlowHistory> history(FlowHistory.Resolution resolution, Instant now) {
            return Optional.empty();
        }
    }

    /** Who measured. */
    public enum Source implements WireName {
        CLOUDWATCH,
        /** The local cloud, from the lines of its functions. */
        PROCESS
    }

    /** What is counted by minute. */
    public enum Count {
        /** Events that the stream acknowledged. */
        ACCEPTED("Accepted"),
        /** Events that were refused. */
        REFUSED("Rejected"),
        /** Records that could not be processed. */
        QUARANTINED("Quarantined"),
        /** Records of events that were stored before. */
        DUPLICATES("Duplicates"),
        /** Lists computed. */
        RECOMMENDATIONS(""),
        /** Lists that left something out. */
        DEGRADED("Degraded"),
        /** Requests of the API, where they are counted; so the three that follow. */
        REQUESTS(""),
        /** Answers of status 400 to 499. */
        CLIENT_ERRORS(""),
        /** Answers of status 500 and above. */
        SERVER_ERRORS(""),
        /** Requests refused for overload. */
        THROTTLED(""),
        /** Events of users who refuse personalisation. */
        WITHOUT_PERSONALISATION("WithoutPersonalisation"),
        /** Events of users who refuse analytics or personalisation. */
        WITHOUT_ANALYTICS("WithoutAnalytics"),
        /** Events whose amount of money does not count, because a publishable key told it. */
        AMOUNTS_LEFT_OUT("AmountsLeftOut"),
        /**
         * Events that name a list which was asked for without an id, or before its user counted.
         */
        LISTS_OF_NOBODY("ListsOfNobody");

        private final String metric;

        Count(String metric) {
            this.metric = metric;
        }

        /** Returns the metric of the functions whose sum it is; empty where there is none. */
        public String metric() {
            return metric;
        }
    }

    /**
     * The counts of one minute.
     *
     * @param at its begin
     * @param counts those that are not 0
     */
    public record Minute(Instant at, Map<Count, Long> counts) {
        public Minute {
            Map<Count, Long> copy = new EnumMap<>(Count.class);
            copy.putAll(counts);
            copy.values().removeIf(count -> count == 0);
            counts = Collections.unmodifiableMap(copy);
        }

        /** Returns a count. */
        public long get(Count count) {
            return counts.getOrDefault(count, 0L);
        }
    }

    /**
     * The distribution of how far the clocks of clients are off, in either direction.
     *
     * @param count of the requests that said the time of their clock
     * @param p50Seconds at most 86,400, as {@code p99Seconds}
     */
    public record ClockSkew(long count, long p50Seconds, long p99Seconds) {}

    /** Two percentiles, in milliseconds. */
    public record Percentiles(long p50Ms, long p99Ms) {}

    /**
     * The distribution of a time.
     *
     * @param count of the values
     * @param counts values in each class of {@link #BOUNDS_MS}, and above the last bound
     */
    public record Freshness(long count, Percentiles percentiles, List<Long> counts) {
        public Freshness {
            counts = List.copyOf(counts);
            require(counts.size() == BOUNDS_MS.size() + 1, counts.size() + " classes of freshness");
        }
    }

    /**
     * How far a consumer is behind.
     *
     * @param name of the function whose work it does: {@code features} or {@code train}
     * @param lag the age of the oldest record that it has not processed; 0 if there is none
     */
    public record Consumer(String name, Duration lag) {}

    public Flow {
        minutes = List.copyOf(minutes);
        consumers = List.copyOf(consumers);
        refusals = refusals == null ? null : Map.copyOf(refusals);
    }

    /** Returns the counts of all minutes. */
    public Minute total() {
        return since(Instant.MIN);
    }

    /** Returns the counts of the minutes that end after a time. */
    Minute since(Instant from) {
        Map<Count, Long> sums = new EnumMap<>(Count.class);
        for (Minute minute : minutes) {
            if (minute.at().plusSeconds(60).isAfter(from)) {
                minute.counts().forEach((count, number) -> sums.merge(count, number, Long::sum));
            }
        }
        return new Minute(asOf, sums);
    }

    /** Returns the minutes that are over. */
    public List<Minute> complete() {
        return minutes.stream()
                .filter(minute -> !minute.at().plusSeconds(60).isAfter(asOf))
                .toList();
    }
}
