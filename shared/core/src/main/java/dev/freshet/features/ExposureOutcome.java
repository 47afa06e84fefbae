package dev.freshet.features;

import dev.freshet.event.EventHeader;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.OutcomeKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * An outcome that marks the row of a list: what the user did with it.
 *
 * @param event the first 8 bytes of the SHA-256 of the event's time and id, in 16 hexadecimal
 *     digits
 * @param position of the item in the list, from 0; −1 if the event names no item
 * @param seconds from the issue of the list to the event, ≥ 0
 * @param owner the record that wrote the mark. Of two marks of one event, the one with the lower
 *     owner counts
 */
public record ExposureOutcome(
        String event, OutcomeKind kind, int position, long seconds, ShardPosition owner) {
    private static final int HASH_BYTES = 8;
    private static final int PARTS = 5;

    /** Returns the hash by which an outcome names its event, of what makes an event unique. */
    static String hash(EventHeader event) {
        String eventId = event.occurredAt().toEpochMilli() + "#" + event.eventId();
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(eventId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
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
                        .orElseThrow(() -> new IllegalArgumentException("not an outcome: " + text));
        return new ExposureOutcome(
                parts[0],
                kind,
                Integer.parseInt(parts[2]),
                Long.parseLong(parts[3]),
                ShardPosition.parse(parts[4]));
    }
}
