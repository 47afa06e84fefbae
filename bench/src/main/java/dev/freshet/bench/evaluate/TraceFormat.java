package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.freshet.console.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Format of a file of events: which column of a line says what. A line becomes an event as {@code
 * POST /v1/events} takes it, which checks the rest.
 *
 * <ul>
 *   <li>{@link #CSV}: {@code user,item,type,value,time}; the value is empty, or percent, seconds,
 *       stars, or an amount and a currency ({@code 9.90 EUR}).
 *   <li>CI&amp;T DeskDrop's {@code users_interactions.csv}, by {@link #of}.
 *   <li>RecBole's atomic files, by {@link #of}: columns in any order, separated by tabs, beside
 *       others that are not read; {@code user_id:token}, {@code item_id:token} and {@code
 *       timestamp:float}; {@code rating:float} makes ratings of what else are views, and {@code
 *       session_id:token} names the session.
 *   <li>Files of sessions, by {@link #of}: {@code SessionId}, {@code ItemId} and {@code Time} in
 *       any order, separated by tabs or commas. Each session is a user of its own, and each line a
 *       view.
 * </ul>
 *
 * <p>Times are seconds since 1970, also with a fraction, or {@code 2026-01-31T09:30:00Z}.
 */
final class TraceFormat {
    private static final Kind ATOMIC =
            new Kind(
                    "atomic",
                    Map.of(
                            Column.USER, "user_id:token",
                            Column.ITEM, "item_id:token",
                            Column.TIME, "timestamp:float",
                            Column.VALUE, "rating:float",
                            Column.SESSION, "session_id:token"));

    private static final Kind DESKDROP =
            new Kind(
                    "deskdrop",
                    Map.of(
                            Column.USER, "personid",
                            Column.ITEM, "contentid",
                            Column.TIME, "timestamp",
                            Column.TYPE, "eventtype",
                            Column.SESSION, "sessionid",
                            Column.USER_AGENT, "useragent",
                            Column.REGION, "userregion",
                            Column.COUNTRY, "usercountry"));

    private static final Kind SESSIONS =
            new Kind(
                    "sessions",
                    Map.of(
                            Column.USER, "sessionid",
                            Column.ITEM, "itemid",
                            Column.TIME, "time",
                            Column.SESSION, "sessionid"));

    static final TraceFormat CSV =
            new TraceFormat(
                    new Kind(
                            "csv",
                            Map.of(
                                    Column.USER, "user",
                                    Column.ITEM, "item",
                                    Column.TYPE, "type",
                                    Column.VALUE, "value",
                                    Column.TIME, "time")),
                    "user,item,",
                    ',',
                    List.of("user", "item", "type", "value", "time"));

    private static final int TO_MILLIS = 3;

    private final Kind kind;
    private final String header;
    private final int count;
    private final Map<Column, Integer> columns = new EnumMap<>(Column.class);
    private final ObjectReader reader;

    /** What a column of a line says. */
    private enum Column {
        USER,
        ITEM,
        TIME,
        TYPE,
        VALUE,
        SESSION,
        USER_AGENT,
        REGION,
        COUNTRY
    }

    /**
     * A kind of files.
     *
     * @param name name in reports
     * @param titles titles of its columns in lower case
     */
    private record Kind(String name, Map<Column, String> titles) {}

    /** A line does not have the format. */
    static final class UnreadableLineException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableLineException(String detail) {
            super(detail);
        }
    }

    private TraceFormat(Kind kind, String header, char separator, List<String> titles) {
        this.kind = kind;
        this.header = header;
        count = titles.size();
        kind.titles.forEach(
                (column, title) -> {
                    if (titles.contains(title)) {
                        columns.put(column, titles.indexOf(title));
                    }
                });
        for (Column needed : List.of(Column.USER, Column.ITEM, Column.TIME)) {
            if (!columns.containsKey(needed)) {
                throw new UnreadableLineException(
                        "The first line names no column %s; the file needs %s, %s and %s."
                                .formatted(
                                        kind.titles.get(needed),
                                        kind.titles.get(Column.USER),
                                        kind.titles.get(Column.ITEM),
                                        kind.titles.get(Column.TIME)));
            }
        }
        reader =
                CsvMapper.builder()
                        .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                        .build()
                        .readerFor(String[].class)
                        .with(CsvSchema.emptySchema().withColumnSeparator(separator));
    }

    /**
     * Returns the format that the first line of a file names, which is {@link #CSV} if it names
     * none.
     *
     * @throws UnreadableLineException when columns that such a file needs are missing
     */
    static TraceFormat of(String firstLine) {
        String header = unquoted(firstLine);
        char separator = header.indexOf('\t') >= 0 ? '\t' : ',';
        List<String> titles =
                Arrays.stream(header.split(String.valueOf(separator), -1))
                        .map(String::strip)
                        .toList();
        if (titles.stream().anyMatch(each -> each.matches("\\w+:(token|float)(_seq)?"))) {
            return new TraceFormat(ATOMIC, header, separator, titles);
        }
        if (titles.contains("contentid")) {
            return new TraceFormat(DESKDROP, header, separator, titles);
        }
        return titles.contains("sessionid")
                ? new TraceFormat(SESSIONS, header, separator, titles)
                : CSV;
    }

    /**
     * Returns the format of a file by its first line.
     *
     * @throws CommandException when columns that such a file needs are missing
     */
    static TraceFormat ofFile(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return of(Objects.requireNonNullElse(lines.readLine(), ""));
        } catch (UnreadableLineException missing) {
            throw new CommandException(file + ", line 1: " + missing.getMessage(), missing);
        }
    }

    private static String unquoted(String line) {
        return line.strip().replace("\uFEFF", "").replace("\"", "").toLowerCase(Locale.ROOT);
    }

    /** Returns whether each user of the file is one session. */
    boolean hasSessions() {
        return kind.equals(SESSIONS);
    }

    /** Returns the name in reports. */
    String name() {
        return kind.name;
    }

    /** Returns whether this line, the first of the file, names the columns. */
    boolean isHeader(String firstLine) {
        return unquoted(firstLine).startsWith(header);
    }

    /**
     * Returns the event of a line, whose id is the line's number.
     *
     * @throws UnreadableLineException when the line does not have this format
     */
    ObjectNode event(long number, String line) {
        String[] cells = cells(line);
        String value = cell(cells, Column.VALUE);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", name() + "-" + number)
                .put("type", type(cells))
                .put("userId", cell(cells, Column.USER))
                .put("occurredAt", time(cell(cells, Column.TIME)));
        if (columns.containsKey(Column.SESSION)) {
            event.put("sessionId", cell(cells, Column.SESSION));
        }
        if (!value.isEmpty()) {
            value(event, value.split(" +", -1));
        }
        event.putObject("target").put("kind", "item").put("id", cell(cells, Column.ITEM));
        ObjectNode context = context(cells);
        if (!context.isEmpty()) {
            event.set("context", context);
        }
        return event;
    }

    private String[] cells(String line) {
        try (MappingIterator<String[]> rows = reader.readValues(line)) {
            String[] cells = rows.hasNextValue() ? rows.nextValue() : new String[0];
            if (cells.length != count) {
                throw new UnreadableLineException(
                        "The line has %d columns instead of %d.".formatted(cells.length, count));
            }
            return cells;
        } catch (IOException e) {
            throw new UnreadableLineException("The quotes of the line do not match.");
        }
    }

    /** Returns the text of a column, which is empty where the file has no such column. */
    private String cell(String[] cells, Column column) {
        Integer at = columns.get(column);
        return at == null ? "" : cells[at].strip();
    }

    private String type(String[] cells) {
        if (!columns.containsKey(Column.TYPE)) {
            return columns.containsKey(Column.VALUE) ? "rating" : "view";
        }
        String type = cell(cells, Column.TYPE).toLowerCase(Locale.ROOT);
        return type.equals("comment created") ? "comment" : type;
    }

    private static void value(ObjectNode event, String[] words) {
        double number = number(words[0], "value").doubleValue();
        switch (words.length) {
            case 1 -> event.put("value", number);
            case 2 -> event.putObject("value").put("amount", number).put("currency", words[1]);
            default ->
                    throw new UnreadableLineException(
                            "The value is neither a number nor an amount and a currency.");
        }
    }

    private ObjectNode context(String[] cells) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        put(context, "userAgent", cell(cells, Column.USER_AGENT));
        put(context, "region", cell(cells, Column.REGION));
        String country = cell(cells, Column.COUNTRY);
        put(context, "country", country.matches("[A-Z]{2}") ? country : "");
        return context;
    }

    private static void put(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

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
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new UnreadableLineException("The %s '%s' is not a number.".formatted(what, text));
        }
        if (number.precision() - number.scale() > 12 || number.scale() > 20) {
            throw new UnreadableLineException("The %s '%s' is too large.".formatted(what, text));
        }
        return number;
    }
}
