package dev.freshet.store;

import static dev.freshet.check.Check.require;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/**
 * Looks after the number of shards of a stream, as {@link ShardScaling} decides.
 *
 * @param least the shards that the stack was deployed with
 * @param most the most shards that the stream may have
 */
public record ShardScalingFlow(ShardedStream stream, int least, int most, InstantSource clock) {
    /** Decides once, and returns how many shards the stream has or will have. */
    public int look() {
        Instant now = clock.instant();
        ShardScaling.Report report = stream.report(now);
        int next = ShardScaling.next(report, least, most, now);
        if (next != report.shards()) {
            stream.scale(next, report, now);
        }
        return next;
    }

    /**
     * The port to a stream whose number of shards can be changed. Every method may throw {@link
     * StoreUnavailableException}.
     */
    public interface ShardedStream {
        /** Returns what is known of the stream. */
        ShardScaling.Report report(Instant now);

        /**
         * Begins to change the number of shards, at most to twice and at least to half of it, and
         * remembers when.
         *
         * @param report the report on which the change was decided
         */
        void scale(int shards, ShardScaling.Report report, Instant now);
    }

    /**
     * Decides how many shards a stream is to have: twice as many when it was filled to {@link
     * #HIGH} in each of the last three minutes, or to {@link #FULL} in the last one; half as many
     * when it was filled to less than {@link #LOW} in every minute of the last six hours.
     *
     * <p>Kinesis allows ten changes in any 24 hours, each to at most twice and at least half of the
     * shards. Halving leaves {@link #KEPT} of them for a crowd.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateShardCount.html">UpdateShardCount</a>
     */
    public static final class ShardScaling {
        /** The share of what the shards take from which on they are doubled. */
        public static final double HIGH = 0.7;

        /** The share in one minute from which on they are doubled at once. */
        public static final double FULL = 0.95;

        /** The share below which they are halved. */
        public static final double LOW = 0.25;

        /** The number of minutes of a {@link Report}. */
        public static final int MINUTES = 6 * 60;

        /** The most changes in {@link #DAY}. */
        public static final int MAX_CHANGES = 10;

        /** The changes in a day after which shards are not halved. */
        public static final int KEPT = 5;

        /** The time in which {@link #MAX_CHANGES} are allowed. */
        public static final Duration DAY = Duration.ofHours(24);

        private static final int HIGH_MINUTES = 3;
        private static final Duration SINCE_CHANGE = Duration.ofMinutes(MINUTES);

        private ShardScaling() {}

        /**
         * What is known of a stream.
         *
         * @param shards the open shards
         * @param changing whether Kinesis is changing their number
         * @param filled how many shards each of the last {@value #MINUTES} minutes would have
         *     filled, the latest last; 0 where nothing came
         * @param changes when their number was changed, of the last day at least
         */
        public record Report(int shards, boolean changing, double[] filled, List<Instant> changes) {
            public Report {
                filled = filled.clone();
                changes = List.copyOf(changes);
                require(filled.length == MINUTES, "a report has " + MINUTES + " minutes");
            }

            @Override
            public double[] filled() {
                return filled.clone();
            }

            private boolean everyMinute(int last, double least) {
                return Arrays.stream(filled, MINUTES - last, MINUTES)
                        .allMatch(minute -> minute >= least * shards);
            }

            private boolean calm() {
                return Arrays.stream(filled).allMatch(minute -> minute < LOW * shards);
            }

            private long changesSince(Instant from) {
                return changes.stream().filter(change -> change.isAfter(from)).count();
            }
        }

        /**
         * Returns how many shards the stream is to have; its present number if nothing is to be
         * done.
         *
         * @param least the shards that the stack was deployed with
         * @param most the most shards that it may have
         */
        public static int next(Report report, int least, int most, Instant now) {
            int shards = report.shards();
            long today = report.changesSince(now.minus(DAY));
            if (report.changing() || today >= MAX_CHANGES) {
                return shards;
            }
            if (report.everyMinute(HIGH_MINUTES, HIGH) || report.everyMinute(1, FULL)) {
                return Math.max(shards, Math.min(most, 2 * shards));
            }
            boolean settled = report.changesSince(now.minus(SINCE_CHANGE)) == 0;
            if (settled && today < KEPT && report.calm()) {
                return Math.min(shards, Math.max(least, (shards + 1) / 2));
            }
            return shards;
        }
    }
}
