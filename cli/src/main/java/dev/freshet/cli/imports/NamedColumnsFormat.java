package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Formats whose first line names the columns, in any order, beside others that are not read:
 *
 * <ul>
 *   <li>RecBole's atomic files, separated by tabs, with types in the names: {@code user_id:token},
 *       {@code item_id:token} and {@code timestamp:float}; {@code rating:float} makes ratings of
 *       what else are views, and {@code session_id:token} names the session.
 *   <li>Files of sessions, separated by tabs or commas: {@code SessionId}, {@code ItemId} and
 *       {@code Time}. Each session is a user of its own, and each line a view.
 * </ul>
 *
 * <p>Times are seconds since 1970, also with a fraction, or {@code 2026-01-31T09:30:00Z}.
 */
final class NamedColumnsFormat implements Format {
    private static final int NONE = -1;
    private static final int TO_MILLIS = 3;

    private final String name;
    private final String header;
    private final Columns columns;
    private final int user;
    private final int item;
    private final int time;
    private final int rating;
    private final int session;

    private NamedColumnsFormat(
            String name, String header, char separator, List<String> names, Wanted wanted) {
        this.name = name;
        this.header = header;
        columns = new Columns(separator, names.size());
        user = required(names, wanted.user, wanted);
        item = required(names, wanted.item, wanted);
        time = required(names, wanted.time, wanted);
        rating = names.indexOf(wanted.rating);
        session = names.indexOf(wanted.session);
    }

    /** Names of the columns of a format. */
    private record Wanted(String user, String item, String time, String rating, String session) {
        static final Wanted ATOMIC =
                new Wanted(
                        "user_id:token",
                        "item_id:token",
                        "timestamp:float",
                        "rating:float",
                        "session_id:token");

        static final Wanted SESSIONS = new Wanted("sessionid", "itemid", "time", "", "sessionid");
    }

    static Optional<NamedColumnsFormat> of(String firstLine) {
        String header = firstLine.strip().replace("\uFEFF", "").replace("\"", "");
        char separator = header.indexOf('\t') >= 0 ? '\t' : ',';
        List<String> names =
                Arrays.stream(header.split(String.valueOf(separator), -1))
                        .map(each -> each.strip().toLowerCase(Locale.ROOT))
                        .toList();
        if (names.stream().anyMatch(each -> each.matches("\\w+:(token|float)(_seq)?"))) {
            return Optional.of(
                    new NamedColumnsFormat("atomic", firstLine, separator, names, Wanted.ATOMIC));
        }
        return names.contains("sessionid") && !names.getFirst().startsWith("timestamp")
                ? Optional.of(
                        new NamedColumnsFormat(
                                "sessions", firstLine, separator, names, Wanted.SESSIONS))
                : Optional.empty();
    }

    private static int required(List<String> names, String column, Wanted wanted) {
        int at = names.indexOf(column);
        if (at < 0) {
            throw new UnreadableRowException(
                    "The first line names no column %s; the file needs %s, %s and %s."
                            .formatted(column, wanted.user, wanted.item, wanted.time));
        }
        return at;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean hasSessions() {
        return name.equals("sessions");
    }

    @Override
    public boolean isHeader(String firstLine) {
        return firstLine.equals(header);
    }

    @Override
    public ObjectNode event(String id, String line) {
        String[] c = columns.of(line);
        ObjectNode event = JSON.createObjectNode();
        event.put("eventId", id)
                .put("type", rating == NONE ? "view" : "rating")
                .put("userId", c[user].strip())
                .put("occurredAt", time(c[time].strip()));
        if (session != NONE) {
            event.put("sessionId", c[session].strip());
        }
        if (rating != NONE) {
            event.put("value", number(c[rating].strip(), "rating").doubleValue());
        }
        event.putObject("target").put("kind", "item").put("id", c[item].strip());
        return event;
    }

    /** Returns the time as the API reads it, which also reports what is wrong with one. */
    private static String time(String text) {
        return text.indexOf('T') > 0
                ? text
                : Instant.ofEpochMilli(
                                number(text, "time")
                                        .movePointRight(TO_MILLIS)
                                        .setScale(0, RoundingMode.FLOOR)
                                        .longValue())
                        .toString();
    }

    private static BigDecimal number(String text, String what) {
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.precision() - number.scale() <= 12 && number.scale() <= 20) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new UnreadableRowException(
                    "The %s '%s' is not a number.".formatted(what, text), e);
        }
        throw new UnreadableRowException("The %s '%s' is too large.".formatted(what, text));
    }
}
