package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/** Looks after the retention of the streams, as {@link AdaptiveRetention} decides. */
public final class RetentionFlow {
    private final List<RetainedStream> streams;
    private final InstantSource clock;

    /** Creates the flow over all streams of a stack, at least one. */
    public RetentionFlow(List<RetainedStream> streams, InstantSource clock) {
        this.streams = List.copyOf(streams);
        this.clock = clock;
    }

    /** Decides by the last day, and returns how long the streams keep their records now. */
    public Duration look() {
        Duration current =
                streams.stream()
                        .map(RetainedStream::retention)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return retain(
                AdaptiveRetention.next(
                        current,
                        streams.stream().map(stream -> stream.report(clock.instant())).toList()));
    }

    /** Makes the streams keep their records for long, because an alarm says that records wait. */
    public Duration lengthen() {
        return retain(AdaptiveRetention.LONG);
    }

    private Duration retain(Duration period) {
        for (RetainedStream stream : streams) {
            if (!stream.retention().equals(period)) {
                stream.retain(period);
            }
        }
        return period;
    }

    /**
     * The port to a stream whose period of retention can be changed. Every method may throw {@link
     * StoreUnavailableException}.
     */
    public interface RetainedStream {
        /** Returns how long the stream keeps its records at present. */
        Duration retention();

        /** Returns what is known of the last day before {@code now}. */
        AdaptiveRetention.Report report(Instant now);

        /**
         * Makes the stream keep its records for this long; a shorter period expires records at
         * once.
         */
        void retain(Duration period);
    }

    /**
     * Decides how long streams keep their records: for {@link #SHORT}, which costs nothing, as long
     * as consumers keep up, and for {@link #LONG} as soon as records wait. A longer period holds
     * for all records that have not expired, so records are lost only if nobody decides for a whole
     * day.
     *
     * <p>A shorter period expires records at once. It is chosen only after a day in which the age
     * of each stream's consumer was reported in every hour and was never above {@link #LIMIT}.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/streams/latest/dev/kinesis-extended-retention.html">Changing
     *     the data retention period</a>
     */
    public static final class AdaptiveRetention {
        /** How long a stream keeps its records while its consumer keeps up. */
        public static final Duration SHORT = Duration.ofHours(24);

        /** How long a stream keeps its records while records wait, and for a day after that. */
        public static final Duration LONG = Duration.ofDays(7);

        /** The age from which a record counts as waiting. */
        public static final Duration LIMIT = Duration.ofMinutes(10);

        /** The number of ages in a {@link Report}, one for each hour of the last day. */
        public static final int HOURS = 24;

        private AdaptiveRetention() {}

        /**
         * What is known of one stream in the last day.
         *
         * @param ages the greatest age in milliseconds of the records that its consumer read, of
         *     each of the last {@value #HOURS} hours, the latest last; empty where nobody read. A
         *     consumer that has nothing to read reads all the same, and reports the age 0.
         * @param received whether records were put into the stream
         */
        public record Report(List<OptionalLong> ages, boolean received) {
            public Report {
                ages = List.copyOf(ages);
                require(ages.size() == HOURS, "a report has " + HOURS + " hours");
            }

            /**
             * Returns whether records wait now: the consumer is late, or has stopped reading. A
             * stream that was never read or written is not used yet.
             */
            boolean waits() {
                OptionalLong latest = ages.getLast();
                return latest.isPresent()
                        ? isLate(latest)
                        : received || ages.stream().anyMatch(OptionalLong::isPresent);
            }

            /** Returns whether the consumer kept up in every hour. */
            boolean isCalm() {
                return ages.stream().allMatch(age -> age.isPresent() && !isLate(age));
            }

            private static boolean isLate(OptionalLong age) {
                return age.isPresent() && age.getAsLong() >= LIMIT.toMillis();
            }
        }

        /**
         * Returns how long all streams are to keep their records from now on. They have one period,
         * because what is taken from one stream is put into the other.
         *
         * @param current the longest present period of a stream
         * @param reports one for each stream
         */
        public static Duration next(Duration current, List<Report> reports) {
            if (reports.stream().anyMatch(Report::waits)) {
                return LONG;
            }
            return reports.stream().allMatch(Report::isCalm) ? SHORT : current;
        }
    }
}
