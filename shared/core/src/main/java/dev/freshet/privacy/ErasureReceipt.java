package dev.freshet.privacy;

import dev.freshet.quarantine.Quarantine;
import java.time.Instant;
import java.util.List;

/**
 * What one call to erase a person has done, and what is left where, until when.
 *
 * @param aliases other ids erased with it
 * @param profiles rows of Users that said something and now hold a tombstone alone
 * @param rows rows of Interactions removed by this call
 * @param allRows false where time ran out: what is left goes when the erasure takes its turn in the
 *     stream, or at the next call
 * @param quarantine what was taken out of the quarantine
 * @param erasures records put into {@code events}
 */
public record ErasureReceipt(
        String erasureId,
        Instant erasedAt,
        int aliases,
        int profiles,
        int rows,
        boolean allRows,
        Quarantine.Erased quarantine,
        int erasures,
        List<Remainder> remaining) {
    /** Where something is left. */
    public enum Place {
        EVENTS_STREAM,
        EXAMPLES_STREAM,
        MODEL,
        MODEL_LOG,
        TOMBSTONE,
        BACKUPS
    }

    /**
     * What is left in one place.
     *
     * @param until at the latest
     * @param what is there, and why, in a sentence
     */
    public record Remainder(Place place, Instant until, String what) {}

    public ErasureReceipt {
        remaining = List.copyOf(remaining);
    }
}
