package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.check.Millis;
import dev.freshet.check.Sha256;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.ListCredit.OutcomeKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of the Exposures table: one list that a user was shown, and what the user did with it.
 * The row of a list of which only outcomes have arrived has no content yet.
 *
 * @param userId the user id or anonymous id of the events; the partition key
 * @param issuedAt when the response was made; the sort key, together with {@code listId}
 * @param listId the recommendation id; for a list without a token {@code event:} and the id of the
 *     impression
 * @param list what was shown, or null before the impression arrived
 * @param owner the record that wrote the list: tells a redelivery from a duplicate; null before the
 *     impression arrived
 * @param first the first record that wrote the list: the quarantined one where {@code owner}
 *     resubmitted it, else {@code owner}
 * @param receivedAt of the first event about this list: start of the retention period
 * @param outcomes one for each event, by ascending owner, ≤ {@value #MAX_OUTCOMES}
 */
public record StoredExposure(
        String userId,
        Instant issuedAt,
        String listId,
        @Nullable ShownList list,
        @Nullable ShardPosition owner,
        @Nullable ShardPosition first,
        Instant receivedAt,
        List<ExposureOutcome> outcomes)
        implements UserRows.Row {
    /** Most outcomes of one list; later ones are not stored and not counted. */
    public static final int MAX_OUTCOMES = 32;

    /** What the ids of lists begin with that came without a token. */
    public static final String WITHOUT_TOKEN = "event:";

    public StoredExposure {
        issuedAt = Millis.of(issuedAt);
        receivedAt = Millis.of(receivedAt);
        outcomes = oneForEachEvent(outcomes);
    }

    /**
     * Returns the row of an impression: of the list of its token, or of a list of its own where it
     * has none.
     */
    public static StoredExposure of(Event.Impression impression, StreamRecord record) {
        Optional<ExposureToken> token = Optional.ofNullable(impression.header().list());
        return new StoredExposure(
                record.partitionKey(),
                token.map(ExposureToken::issuedAt).orElse(impression.header().occurredAt()),
                token.map(ExposureToken::recommendationId)
                        .orElse(WITHOUT_TOKEN + impression.header().eventId()),
                token.map(list -> ShownList.of(list, impression.itemIds()))
                        .orElseGet(() -> ShownList.of(impression)),
                record.position(),
                record.position(),
                impression.header().receivedAt(),
                List.of());
    }

    private static List<ExposureOutcome> oneForEachEvent(List<ExposureOutcome> outcomes) {
        Map<String, ExposureOutcome> byEvent = new LinkedHashMap<>();
        outcomes.stream()
                .sorted(
                        Comparator.comparing(ExposureOutcome::owner)
                                .thenComparing(ExposureOutcome::event))
                .forEach(outcome -> byEvent.putIfAbsent(outcome.event(), outcome));
        return List.copyOf(byEvent.values());
    }

    /**
     * An outcome that marks the row of a list: what the user did with it.
     *
     * @param event the first 8 bytes of the SHA-256 of the event's time and id, in 16 hexadecimal
     *     digits
     * @param position of the item in the list, from 0; −1 if the event names no item
     * @param seconds from the issue of the list to the event, ≥ 0
     * @param owner the record that wrote the mark. Of two marks of one event, the one with the
     *     lower owner counts
     */
    public record ExposureOutcome(
            String event, OutcomeKind kind, int position, long seconds, ShardPosition owner) {
        private static final int HASH_BYTES = 8;
        private static final int PARTS = 5;

        /** Returns the hash by which an outcome names its event, of what makes an event unique. */
        static String hash(EventHeader event) {
            return Sha256.of(event.occurredAt().toEpochMilli() + "#" + event.eventId(), HASH_BYTES);
        }

        /** Returns the form in which rows store it; equal outcomes have equal texts. */
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s %d %d %d %s", event, kind.number(), position, seconds, owner);
        }

        /**
         * Parses a result of {@link #toString}.
         *
         * @throws IllegalArgumentException if the text is no such result
         */
        public static ExposureOutcome parse(String text) {
            String[] parts = text.split(" ", PARTS);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("not an outcome: " + text);
            }
            OutcomeKind kind =
                    OutcomeKind.ofNumber(Integer.parseInt(parts[1]))
                            .orElseThrow(
                                    () -> new IllegalArgumentException("not an outcome: " + text));
            return new ExposureOutcome(
                    parts[0],
                    kind,
                    Integer.parseInt(parts[2]),
                    Long.parseLong(parts[3]),
                    ShardPosition.parse(parts[4]));
        }
    }
}
