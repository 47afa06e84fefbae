package dev.freshet.features;

import dev.freshet.check.Millis;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The sort key of an interaction, {@code 2026-11-24T23:41:07.250Z#eventId}, or of a list shown,
 * with the time of its issue and the id of the list. Its text sorts chronologically, so that one
 * query returns a user's latest rows.
 *
 * @param occurredAt whole milliseconds, years 0000 to 9999
 * @param eventId the client's id of the event
 */
public record EventKey(Instant occurredAt, String eventId) {
    private static final DateTimeFormatter FIXED_WIDTH =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final int TIME_LENGTH = 24;
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    public EventKey {
        occurredAt = Millis.of(occurredAt);
        if (occurredAt.isBefore(EARLIEST) || !occurredAt.isBefore(LATEST)) {
            throw new IllegalArgumentException("an event's year must be 0000 to 9999");
        }
    }

    /** Returns the sort key of a row. */
    public static EventKey of(StoredInteraction row) {
        return new EventKey(row.occurredAt(), row.eventId());
    }

    /** Returns the sort key of a list shown. */
    public static EventKey of(StoredExposure row) {
        return new EventKey(row.issuedAt(), row.listId());
    }

    /** Returns the key as it is stored. */
    @Override
    public String toString() {
        return FIXED_WIDTH.format(occurredAt) + "#" + eventId;
    }

    /**
     * Parses a stored key.
     *
     * @throws IllegalArgumentException if the text is not in the form of {@link #toString}
     */
    public static EventKey parse(String text) {
        if (text.length() <= TIME_LENGTH || text.charAt(TIME_LENGTH) != '#') {
            throw new IllegalArgumentException("not an event key: " + text);
        }
        long days =
                LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                        .toEpochDay();
        long minutes = days * 24 * 60 + number(text, 11, 13) * 60L + number(text, 14, 16);
        long millis = (minutes * 60 + number(text, 17, 19)) * 1_000 + number(text, 20, 23);
        return new EventKey(Instant.ofEpochMilli(millis), text.substring(TIME_LENGTH + 1));
    }

    /** Returns a number of a time of fixed width, which {@link Instant#parse} takes longer for. */
    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
