package dev.freshet.privacy;

import dev.freshet.features.Quarantine;
import dev.freshet.profile.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The result of a request to erase a user. */
public sealed interface ErasureResult {
    /**
     * The request came too soon after the latest erasure of the id, which is still under way or has
     * been followed by new data. Nothing was done.
     *
     * @param delay time until a further erasure of the id may begin
     */
    record Deferred(Duration delay) implements ErasureResult {
        /** Returns the result of a request that came too soon after this erasure. */
        static Deferred behind(Tombstone recent, Instant now) {
            return new Deferred(
                    Duration.between(now, recent.erasedAt().plus(ErasureFlow.LEAST_INTERVAL)));
        }
    }

    /**
     * The result of one call to erase a user, and what remains where, until when. A call that found
     * an earlier erasure in force, and nothing newer, has the id and the time of that erasure and
     * counts of 0.
     *
     * @param aliases other ids erased with it
     * @param profiles rows of Users that held data and now hold a tombstone only
     * @param rows rows of Interactions and Exposures removed by this call
     * @param allRows false if time ran out: the remaining rows are removed when the erasure is
     *     processed in the stream, or by the next call
     * @param quarantine the result in the quarantine
     * @param erasures records put into {@code events}
     * @param remaining what remains elsewhere
     */
    record ErasureReceipt(
            String erasureId,
            Instant erasedAt,
            int aliases,
            int profiles,
            int rows,
            boolean allRows,
            Quarantine.Erased quarantine,
            int erasures,
            List<Remainder> remaining)
            implements ErasureResult {
        /** The stores in which data remains. */
        public enum Place {
            EVENTS_STREAM(
                    "Records as they were sent, which are no longer processed; records of a stream"
                            + " cannot be changed, they expire."),
            EXAMPLES_STREAM(
                    "Examples under a pseudonym, whose effect on the model is removed by the"
                            + " erasure that follows them."),
            MODEL(
                    "Basket and counts are removed when the erasure is learned, normally within"
                            + " seconds; learned parts are corrected by the next snapshot at the"
                            + " latest."),
            MODEL_LOG(
                    "Older deltas and snapshots, under a pseudonym, which expire after the next"
                            + " snapshot."),
            TOMBSTONE(
                    "The erased ids and the time, so that no record in flight or replayed restores"
                            + " the user's data."),
            BACKUPS(
                    "Backups of the tables can be restored; after a restore the erasure has to be"
                            + " repeated."),
            LAKE(
                    "Rows under a pseudonym, which no query finds 28 hours later, in files that are"
                            + " rewritten and then removed."),
            BULK_LISTS(
                    "Lists that were made in bulk before the erasure, under the ids that the owner"
                            + " gave; objects with lists expire.");

            private final String what;

            Place(String what) {
                this.what = what;
            }

            /** Returns what remains there, and why, in a sentence. */
            public String what() {
                return what;
            }
        }

        /**
         * The data that remains in one store.
         *
         * @param until the latest moment at which it is removed
         */
        public record Remainder(Place place, Instant until) {}

        public ErasureReceipt {
            remaining = List.copyOf(remaining);
        }
    }
}
