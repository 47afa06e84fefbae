package dev.freshet.features;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.store.StoreUnavailableException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Port: the store of records that cannot be processed. Their shard continues without them, and they
 * can be resubmitted later.
 *
 * <p>An entry is open until it is settled; of a settled entry only a note remains, without its
 * payload. Every method may throw {@link StoreUnavailableException}.
 */
public interface Quarantine {
    /**
     * A record that could not be processed, and why.
     *
     * @param reason stable, kebab-case, followed by a colon and a sentence
     * @param payload the record's bytes as received
     */
    record Entry(
            ShardPosition position,
            String partitionKey,
            String reason,
            Instant at,
            byte[] payload) {
        /** Returns whether the payloads are equal. */
        public boolean hasSamePayload(Entry other) {
            return Arrays.equals(payload, other.payload);
        }
    }

    /** How an entry was settled. */
    enum Settling {
        /** Its effect has been applied, or its record is in its stream again. */
        RETRIED,
        /** An operator decided not to process it. */
        DROPPED,
        /** Its user was erased. */
        ERASED
    }

    /** The note on a settled entry. */
    record Settlement(Settling how, Instant at) {}

    /**
     * Stores the entry under a key of its position, so that a record delivered twice is one entry.
     * A settled entry stays settled when its record is delivered again.
     */
    void put(Entry entry);

    /** Stores a record. Returns false if the store does not answer. */
    static boolean tryPut(Quarantine quarantine, StreamRecord record, String reason, Instant at) {
        try {
            quarantine.put(
                    new Entry(record.position(), record.partitionKey(), reason, at, record.data()));
            return true;
        } catch (StoreUnavailableException unanswered) {
            return false;
        }
    }

    /**
     * Passes the open entries to a visitor one by one, each position once: those put here, and
     * those that an event source mapping gave up and left in the same bucket. Within a shard in
     * ascending sequence where sequence numbers have one length, as those of Kinesis have.
     *
     * @param visitor receives an entry and returns whether to continue
     */
    void forEachOpen(Predicate<Entry> visitor);

    /** Returns the note on a settled entry; empty if it is open or unknown. */
    Optional<Settlement> settlement(ShardPosition position);

    /** Writes a note and removes the entry with its payload. Repeatable; the first note is kept. */
    void settle(Entry entry, Settling how, Instant at);

    /**
     * The result of an erasure.
     *
     * @param removed entries that were removed
     * @param changed entries from which a part was removed
     * @param complete whether every entry was examined
     */
    record Erased(int removed, int changed, boolean complete) {}

    /**
     * Removes a user's data from every open entry: an entry of which nothing remains is settled as
     * {@link Settling#ERASED}. An object of an event source mapping with records of several users
     * is split; no object keeps erased data.
     *
     * @param remainder returns the entry itself if it is not affected, an entry with a smaller
     *     payload, or empty
     * @param proceed called before each object; false leaves the rest unchanged
     */
    Erased erase(Function<Entry, Optional<Entry>> remainder, BooleanSupplier proceed, Instant at);

    /**
     * Port: how many records are in quarantine, by reason. It never reads a payload, so that
     * whoever may count records need not be allowed to read them. May throw {@link
     * dev.freshet.store.StoreUnavailableException}.
     */
    @FunctionalInterface
    interface QuarantineReasons {
        /**
         * The reason of batches that an event source mapping gave up; each may hold several
         * records.
         */
        String GIVEN_UP = "given-up";

        /**
         * Most records, and most batches given up, that are counted. Of more than these the counts
         * are too low.
         */
        int MOST = 1_000;

        /** The longest code of a reason. */
        int MAX_CODE = 40;

        /**
         * The records of one reason.
         *
         * @param reason the code: 1 to {@value #MAX_CODE} lower-case letters, digits and hyphens
         * @param count at least 1
         * @param oldest when the oldest of them was put, or put again
         */
        record Count(String reason, long count, Instant oldest) {}

        /**
         * The records in quarantine.
         *
         * @param counts by reason, in the order of their codes
         * @param complete false where there are more than {@value #MOST}
         */
        record Counts(List<Count> counts, boolean complete) {
            public Counts {
                counts = List.copyOf(counts);
            }
        }

        /** Counts the open records. A settled one may count until the quarantine is tidied. */
        Counts count();

        /**
         * Returns the code of an entry's reason: what stands before its colon. Whatever the reason
         * holds, the code has only the characters of one.
         */
        static String code(String reason) {
            int end = reason.indexOf(':');
            String code = end < 0 ? reason : reason.substring(0, end);
            return code.length() <= MAX_CODE && code.matches("[a-z0-9-]+") ? code : "other";
        }
    }
}
