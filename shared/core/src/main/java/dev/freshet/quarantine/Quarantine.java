package dev.freshet.quarantine;

import dev.freshet.event.ShardPosition;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Port: where a record goes that cannot be taken, so that its shard moves on and nothing is lost.
 *
 * <p>An entry is open until somebody settles it; of a settled one only a note stays, without its
 * payload. Every method may throw {@link dev.freshet.store.StoreUnavailableException}.
 */
public interface Quarantine {
    /**
     * A record that could not be taken, and why.
     *
     * @param reason stable, kebab-case, with a sentence behind a colon
     * @param payload the record's bytes as they came
     */
    record Entry(
            ShardPosition position,
            String partitionKey,
            String reason,
            Instant at,
            byte[] payload) {
        /** Whether the payloads are the same. */
        public boolean holdsAsMuchAs(Entry other) {
            return Arrays.equals(payload, other.payload);
        }
    }

    /** How an entry was settled. */
    enum Settling {
        /** What it was to do has been done, or stands in its stream again. */
        RETRIED,
        /** Somebody decided to do without it. */
        DROPPED,
        /** Whom it was about was erased. */
        ERASED
    }

    /** That an entry was settled. */
    record Settlement(Settling how, Instant at) {}

    /**
     * Keeps the entry under a key made of its position: the same record twice is one entry. One
     * that was settled stays settled when its record comes again.
     */
    void put(Entry entry);

    /**
     * Shows the open entries one by one, each position once: those put here, and what an event
     * source mapping gave up and left in the same bucket. Within a shard in ascending sequence
     * where sequence numbers are of one length, as Kinesis' are.
     *
     * @param more takes an entry and says whether it wants another
     */
    void visit(Predicate<Entry> more);

    /** The note on a settled entry; empty for one that is open or was never here. */
    Optional<Settlement> settlement(ShardPosition position);

    /** Leaves a note and removes the entry, payload and all. Repeatable; the first note stands. */
    void settle(Entry entry, Settling how, Instant at);

    /**
     * What an erasure did here.
     *
     * @param removed entries that are gone
     * @param changed entries that lost a part
     * @param complete whether every entry was looked at
     */
    record Erased(int removed, int changed, boolean complete) {}

    /**
     * Takes out of every open entry what is somebody's: an entry of which nothing is left is
     * settled as {@link Settling#ERASED}. What a mapping gave up in one object with others' is
     * taken apart; no object keeps what was erased.
     *
     * @param left the entry itself where nothing of it is to go, with a smaller payload, or empty
     * @param goOn asked before each object; false leaves the rest as it is
     */
    Erased erase(Function<Entry, Optional<Entry>> left, BooleanSupplier goOn, Instant at);
}
