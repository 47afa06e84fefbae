package dev.freshet.privacy;

import dev.freshet.privacy.ErasureProgress.ErasureState;
import dev.freshet.privacy.LakeErasures.LakeProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The erasures in the lake of a stack.
 *
 * @param purge says how long a complete erasure takes
 * @param progress reads how far the nightly runs have come
 */
public record LakeErasures(LakePurge purge, Supplier<LakeProgress> progress) {
    /** Returns the latest moment at which no file holds a row of a user erased at this time. */
    static Instant promised(LakePurge purge, Instant erasedAt) {
        return erasedAt.plus(purge.period());
    }

    /** Returns the state of an erasure at this time. */
    ErasureState.InLake of(Instant erasedAt) {
        LakeProgress reached = progress.get();
        return new ErasureState.InLake(
                reached.isDeleted(erasedAt), reached.isGone(erasedAt), promised(purge, erasedAt));
    }

    /**
     * How far the nightly erasure in the lake has come. The state machine of the lake writes it
     * after each of its steps that succeeded.
     *
     * @param deletedUpTo the time up to which rows had landed that the last run deleted from all
     *     tables, at most {@link #LANDING} after the midnight before it: of {@code arrivals} it
     *     leaves the rows that were received since then
     * @param rewrittenUpTo the value of {@code deletedUpTo} at which the files were last rewritten
     * @param goneUpTo the value of {@code rewrittenUpTo} whose older files and snapshots are
     *     removed
     */
    public record LakeProgress(
            Optional<Instant> deletedUpTo,
            Optional<Instant> rewrittenUpTo,
            Optional<Instant> goneUpTo) {
        /**
         * The longest time from an erasure until no row of the user can arrive any more: what was
         * transformed before is in the buffer of the delivery for up to five minutes, and is
         * retried for up to two hours. Records that are transformed later leave no row, because the
         * tombstone is found.
         */
        public static final Duration LANDING = Duration.ofHours(3);

        /** The progress of a lake in which nothing has run yet. */
        public static final LakeProgress NONE =
                new LakeProgress(Optional.empty(), Optional.empty(), Optional.empty());

        /** Returns whether no query finds a row that an erasure at this time covers. */
        public boolean isDeleted(Instant erasedAt) {
            return isPast(deletedUpTo, erasedAt);
        }

        /** Returns whether no file holds a row that an erasure at this time covers. */
        public boolean isGone(Instant erasedAt) {
            return isPast(goneUpTo, erasedAt);
        }

        private static boolean isPast(Optional<Instant> upTo, Instant erasedAt) {
            return upTo.map(time -> !time.isBefore(erasedAt.plus(LANDING))).orElse(false);
        }
    }

    /**
     * How often the files of the lake that hold rows of erased users are rewritten.
     *
     * <p>The rows themselves are deleted in the first night that begins {@link
     * LakeProgress#LANDING} after the erasure and finds that the delivery keeps up, which is 28
     * hours later at the latest if it is less than an hour behind. The files are rewritten in that
     * night or, at most six days later, in the weekly one. The night after that removes the
     * snapshots that name the older files, a day after they were rewritten.
     */
    public enum LakePurge {
        WEEKLY(10),
        DAILY(3);

        private final int days;

        LakePurge(int days) {
            this.days = days;
        }

        /**
         * Returns the days after an erasure from which on no file of the lake holds a row of the
         * user, if no night fails.
         */
        public int days() {
            return days;
        }

        Duration period() {
            return Duration.ofDays(days);
        }
    }
}
