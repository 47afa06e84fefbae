package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Looks after the retention of the streams, as {@link AdaptiveRetention} decides.
 *
 * @param streams all streams of a stack, at least one
 * @param least how long records are kept where none waits: {@link AdaptiveRetention#SHORT} or
 *     {@link AdaptiveRetention#LONG}
 */
public record RetentionFlow(List<RetainedStream> streams, Duration least, InstantSource clock) {
    /** Twice the time for which what a reader does is not in its report yet. */
    private static final Duration UNKNOWN = Duration.ofMinutes(10);

    public RetentionFlow {
        streams = List.copyOf(streams);
    }

    /** Decides by the last day, and returns how long the streams keep their records now. */
    public Duration look() {
        if (least.equals(AdaptiveRetention.LONG)) {
            return lengthen();
        }
        Duration current =
                streams.stream()
                        .map(RetainedStream::retention)
                        .max(Comparator.naturalOrder())
                        .orElseThrow();
        return retain(
                AdaptiveRetention.next(
                        current,
                        streams.stream()
                                .flatMap(stream -> stream.reports(clock.instant()).stream())
                                .toList()));
    }

    /** Makes the streams keep their records for long, because an alarm says that records wait. */
    public Duration lengthen() {
        return retain(AdaptiveRetention.LONG);
    }

    /**
     * Returns the time from which another reader of the streams has to begin in order to miss
     * nothing: of what came earlier nothing waits. It is minutes earlier than need be, and records
     * that are read twice have no second effect.
     */
    public Instant readFrom() {
        Instant now = clock.instant();
        long waited =
                streams.stream()
                        .flatMap(stream -> stream.reports(now).stream())
                        .mapToLong(report -> report.ages().getLast())
                        .max()
                        .orElse(0);
        return now.minus(UNKNOWN).minusMillis(waited).truncatedTo(ChronoUnit.SECONDS);
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

        /** Returns what is known of the time before {@code now}, of each reader. */
        List<AdaptiveRetention.Report> reports(Instant now);

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
     * <p>A shorter period expires records at once. It is chosen only after a day in which no record
     * waited for any reader for {@link #LIMIT}.
     *
     * <p>Each reader has a report of its own: the consumer of the stream, and the delivery of a
     * lake. What Kinesis measures of a stream does not tell readers apart: while one keeps up,
     * another that stopped would not be seen.
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

        /** The minutes that a {@link Report} is made of: no record waits for longer. */
        public static final int MINUTES = (int) LONG.toMinutes();

        private static final long MINUTE_MS = 60_000;

        private AdaptiveRetention() {}

        /**
         * What is known of one reader of a stream in the last day.
         *
         * @param ages the greatest age in milliseconds of a record that was read or waited, in each
         *     of the last {@value #HOURS} hours, the latest last; 0 where none was
         */
        public record Report(List<Long> ages) {
            public Report {
                ages = List.copyOf(ages);
                require(ages.size() == HOURS, "a report has " + HOURS + " hours");
            }

            /**
             * Returns the report of the last {@link #MINUTES} minutes, the latest last. A record
             * waits from the first minute in which one was received and none was read, or from
             * before the age that the consumer read last, if that is a minute or more, until the
             * consumer reads again. So a record that is received in the minute of the last read and
             * not read is seen once a further one is received.
             *
             * @param read the greatest age in milliseconds of what the consumer read; −1 where it
             *     read nothing
             * @param received whether records were put into the stream
             */
            public static Report of(long[] read, boolean[] received) {
                require(
                        read.length == MINUTES && received.length == MINUTES,
                        "a report is made of " + MINUTES + " minutes");
                List<Long> ages = new ArrayList<>(Collections.nCopies(HOURS, 0L));
                boolean waits = false;
                long since = 0;
                for (int minute = 0; minute < MINUTES; minute++) {
                    if (read[minute] >= 0) {
                        waits = read[minute] >= MINUTE_MS;
                        since = minute * MINUTE_MS - read[minute];
                    } else if (received[minute] && !waits) {
                        waits = true;
                        since = minute * MINUTE_MS;
                    }
                    long age = waits ? (minute + 1) * MINUTE_MS - since : Math.max(0, read[minute]);
                    int hour = HOURS - 1 - (MINUTES - 1 - minute) / 60;
                    if (hour >= 0) {
                        ages.set(hour, Math.max(age, ages.get(hour)));
                    }
                }
                return new Report(ages);
            }

            /** Returns whether records waited in the last hour. */
            boolean waits() {
                return isLate(ages.getLast());
            }

            /** Returns whether none waited in any hour. */
            boolean isCalm() {
                return ages.stream().noneMatch(Report::isLate);
            }

            private static boolean isLate(long age) {
                return age >= LIMIT.toMillis();
            }
        }

        /**
         * Returns how long all streams are to keep their records from now on. They have one period,
         * because what is taken from one stream is put into the other.
         *
         * @param current the longest present period of a stream
         * @param reports one for each reader of each stream
         */
        public static Duration next(Duration current, List<Report> reports) {
            if (reports.stream().anyMatch(Report::waits)) {
                return LONG;
            }
            return reports.stream().allMatch(Report::isCalm) ? SHORT : current;
        }
    }
}
