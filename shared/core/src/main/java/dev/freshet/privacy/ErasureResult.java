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
            EVENTS_STREAM,
            EXAMPLES_STREAM,
            MODEL,
            MODEL_LOG,
            TOMBSTONE,
            BACKUPS,
            LAKE,
            BULK_LISTS
        }

        /**
         * The data that remains in one store.
         *
         * @param until the latest moment at which it is removed
         * @param what describes the data, and why it remains, in a sentence
         */
        public record Remainder(Place place, Instant until, String what) {}

        public ErasureReceipt {
            remaining = List.copyOf(remaining);
        }
    }
}
