package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;

/**
 * How times are written.
 *
 * @param format a unit since 1970, {@code iso}, or a pattern of {@link DateTimeFormatter}
 * @param zone of times without an offset
 */
record TimeRule(String format, ZoneId zone) {
    /** How many places the point of a number since 1970 is moved to give seconds. */
    static final Map<String, Integer> SINCE_1970 =
            Map.of("epoch-seconds", 0, "epoch-millis", 3, "epoch-micros", 6, "epoch-nanos", 9);

    private static final int MAX_LENGTH = 60;
    private static final int MAX_DIGITS = 25;

    TimeRule {
        boolean known = SINCE_1970.containsKey(format) || format.equals("iso");
        if (!known) {
            try {
                var _ = DateTimeFormatter.ofPattern(format, Locale.ROOT);
            } catch (ClassCastException malformed) { // where padding is within adjacent numbers
                throw new IllegalArgumentException(format, malformed);
            }
        }
    }

    /** Returns the time that a field holds. */
    Instant read(JsonNode value) throws UnreadableRecordException {
        String text = value.asText().strip();
        try {
            if (!value.isContainerNode() && text.length() <= MAX_LENGTH) {
                Integer places = SINCE_1970.get(format);
                return places != null
                        ? since1970(text, places)
                        : format.equals("iso") ? iso(text) : patterned(text);
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException malformed) {
            throw problem(value);
        }
        throw problem(value);
    }

    private static Instant since1970(String text, int places) {
        BigDecimal number = new BigDecimal(text);
        // Checked before the point is moved, which would write out all digits of 1e999999999.
        if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
            throw new NumberFormatException();
        }
        BigDecimal seconds = number.movePointLeft(places);
        BigDecimal[] parts = seconds.divideAndRemainder(BigDecimal.ONE);
        return Instant.ofEpochSecond(
                parts[0].longValueExact(), parts[1].movePointRight(9).longValue());
    }

    private Instant iso(String text) {
        String joined = text.length() > 10 && text.charAt(10) == ' ' ? withT(text) : text;
        return instant(
                DateTimeFormatter.ISO_DATE_TIME
                        .withZone(null)
                        .parseBest(
                                joined.length() == 10 ? joined + "T00:00:00" : joined,
                                ZonedDateTime::from,
                                OffsetDateTime::from,
                                LocalDateTime::from));
    }

    private static String withT(String text) {
        String joined = text.substring(0, 10) + "T" + text.substring(11).replace(" ", "");
        return joined.endsWith("UTC") ? joined.substring(0, joined.length() - 3) + "Z" : joined;
    }

    private Instant patterned(String text) {
        return instant(
                DateTimeFormatter.ofPattern(format, Locale.ROOT)
                        .parseBest(
                                text,
                                ZonedDateTime::from,
                                OffsetDateTime::from,
                                LocalDateTime::from,
                                LocalDate::from));
    }

    private Instant instant(TemporalAccessor time) {
        return switch (time) {
            case ZonedDateTime zoned -> zoned.toInstant();
            case OffsetDateTime offset -> offset.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            case LocalDate date -> date.atStartOfDay(zone).toInstant();
            default -> throw new DateTimeException("no time");
        };
    }

    private UnreadableRecordException problem(JsonNode value) {
        return new UnreadableRecordException(
                "The time %s is not of the form %s.".formatted(ValueSource.shown(value), format));
    }
}
