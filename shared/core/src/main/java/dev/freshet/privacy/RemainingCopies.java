package dev.freshet.privacy;

import dev.freshet.privacy.ErasureReceipt.Place;
import dev.freshet.privacy.ErasureReceipt.Remainder;
import dev.freshet.store.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what remains of a user after a call to erase, and until when at the latest. */
final class RemainingCopies {
    /**
     * Longest time from a version to the next compaction ({@link
     * dev.freshet.training.Compaction.Settings#oldest}).
     */
    private static final Duration SNAPSHOT = Duration.ofDays(1);

    /**
     * Longest time from the expiry of a row of the model log to the removal of its object ({@code
     * Compaction.BETWEEN_SWEEPS}).
     */
    private static final Duration SWEEP = Duration.ofHours(1);

    private RemainingCopies() {}

    /**
     * Returns what remains. The times hold if training follows within minutes, which alarms
     * monitor, and if no night of the lake fails.
     *
     * @param lake how often the files of the lake are rewritten; empty without a lake
     */
    static List<Remainder> after(
            Instant erasedAt, RetentionPolicy retention, Optional<LakePurge> lake) {
        List<Remainder> all = new ArrayList<>();
        all.add(
                new Remainder(
                        Place.EVENTS_STREAM,
                        erasedAt.plus(RetentionPolicy.STREAMS),
                        "Records as they were sent, which are no longer processed; records of a stream cannot"
                                + " be changed, they expire."));
        all.add(
                new Remainder(
                        Place.EXAMPLES_STREAM,
                        erasedAt.plus(RetentionPolicy.STREAMS),
                        "Examples under a pseudonym, whose effect on the model is removed by the erasure that"
                                + " follows them."));
        all.add(
                new Remainder(
                        Place.MODEL,
                        erasedAt.plus(SNAPSHOT),
                        "Basket and counts are removed when the erasure is learned, normally within seconds;"
                                + " learned parts are corrected by the next snapshot at the latest."));
        all.add(
                new Remainder(
                        Place.MODEL_LOG,
                        erasedAt.plus(SNAPSHOT)
                                .plus(retention.period(RetentionPolicy.Kind.MODEL))
                                .plus(SWEEP),
                        "Older deltas and snapshots, under a pseudonym, which expire after"
                                + " the next snapshot."));
        all.add(
                new Remainder(
                        Place.TOMBSTONE,
                        erasedAt.plus(retention.tombstones()),
                        "The erased ids and the time, so that no record in flight or replayed"
                                + " restores the user's data."));
        if (retention.period(RetentionPolicy.Kind.RECOVERY).isPositive()) {
            all.add(
                    new Remainder(
                            Place.BACKUPS,
                            erasedAt.plus(retention.period(RetentionPolicy.Kind.RECOVERY)),
                            "Backups of the tables can be restored; after a restore the erasure"
                                    + " has to be repeated."));
        }
        if (retention.period(RetentionPolicy.Kind.BULK).isPositive()) {
            all.add(
                    new Remainder(
                            Place.BULK_LISTS,
                            erasedAt.plus(retention.period(RetentionPolicy.Kind.BULK)),
                            "Lists that were made in bulk before the erasure, under the ids that the"
                                    + " owner gave; objects with lists expire."));
        }
        lake.ifPresent(
                purge ->
                        all.add(
                                new Remainder(
                                        Place.LAKE,
                                        LakeErasures.promised(purge, erasedAt),
                                        "Rows under a pseudonym, which no query finds 27 hours later, in files"
                                                + " that are rewritten and then removed.")));
        return all;
    }
}
