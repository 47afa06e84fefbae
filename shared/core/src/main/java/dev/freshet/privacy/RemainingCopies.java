package dev.freshet.privacy;

import dev.freshet.privacy.ErasureReceipt.Place;
import dev.freshet.privacy.ErasureReceipt.Remainder;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is left of a person after a call to erase, and until when at the latest. */
final class RemainingCopies {
    /**
     * A compaction follows a version within this time ({@link
     * dev.freshet.training.Compaction.Settings#oldest}).
     */
    private static final Duration SNAPSHOT = Duration.ofDays(1);

    private RemainingCopies() {}

    /** Times hold where training follows within minutes, as alarms watch that it does. */
    static List<Remainder> after(Instant erasedAt, RetentionPolicy retention) {
        List<Remainder> all = new ArrayList<>();
        all.add(
                new Remainder(
                        Place.EVENTS_STREAM,
                        erasedAt.plus(RetentionPolicy.STREAMS),
                        "Records as they were sent, which nothing takes in any more; a stream cannot"
                                + " be changed, only run out."));
        all.add(
                new Remainder(
                        Place.EXAMPLES_STREAM,
                        erasedAt.plus(RetentionPolicy.STREAMS),
                        "Examples under a pseudonym, which the model takes back by the erasure that"
                                + " stands behind them."));
        all.add(
                new Remainder(
                        Place.MODEL,
                        erasedAt.plus(SNAPSHOT),
                        "Basket and counts go when the erasure is learned, seconds from now as a"
                                + " rule; learned parts are corrected up to the next snapshot."));
        all.add(
                new Remainder(
                        Place.MODEL_LOG,
                        erasedAt.plus(SNAPSHOT).plus(retention.model()),
                        "Deltas and snapshots from before, under a pseudonym, which expire behind"
                                + " the next snapshot."));
        all.add(
                new Remainder(
                        Place.TOMBSTONE,
                        erasedAt.plus(retention.tombstones()),
                        "The erased ids and the moment, so that nothing on its way or replayed"
                                + " brings the person back."));
        if (retention.recovery().isPositive()) {
            all.add(
                    new Remainder(
                            Place.BACKUPS,
                            erasedAt.plus(retention.recovery()),
                            "The tables as they were can be restored; after a restore the erasure"
                                    + " has to be made again."));
        }
        return all;
    }
}
