package dev.freshet.quarantine;

import java.time.Instant;
import java.util.List;

/**
 * Port: how many records are in quarantine, by reason. It never reads a payload, so that whoever
 * may count records need not be allowed to read them. May throw {@link
 * dev.freshet.store.StoreUnavailableException}.
 */
@FunctionalInterface
public interface QuarantineReasons {
    /**
     * The reason of batches that an event source mapping gave up; each may hold several records.
     */
    String GIVEN_UP = "given-up";

    /**
     * Most records, and most batches given up, that are counted. Of more than these the counts are
     * too low.
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
