package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.event.EventType;
import java.io.IOException;
import java.io.Serial;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The format {@code user,item,type,value,time}, with or without a line that names the columns. The
 * type is any of Freshet's event types; the value is empty, or percent, seconds, stars, or an
 * amount and a currency ({@code 9.90 EUR}); the time is in seconds since 1970 or {@code
 * 2026-01-31T09:30:00Z}.
 */
final class CsvLines implements LineParser {
    private static final ObjectReader READER =
            CsvMapper.builder()
                    .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                    .build()
                    .readerFor(String[].class)
                    .with(CsvSchema.emptySchema());

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public boolean isHeader(InputLine first) {
        return first.text().toLowerCase(Locale.ROOT).replace("\"", "").startsWith("user,item,");
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        try {
            return List.of(new ImportEntry.OfEvent(line, event(line)));
        } catch (UnreadableException unreadable) {
            String detail = String.valueOf(unreadable.getMessage());
            return List.of(new ImportEntry.Unreadable(line, detail));
        }
    }

    /** A line does not have the format. */
    private static final class UnreadableException extends Exception {
        @Serial private static final long serialVersionUID = 1L;

        UnreadableException(String detail) {
            super(detail);
        }
    }

    private static String[] columns(String line) throws UnreadableException {
        try (MappingIterator<String[]> rows = READER.readValues(line)) {
            return rows.hasNextValue() ? rows.nextValue() : new String[0];
        } catch (IOException e) {
            throw new UnreadableException("The quotes of the line do not match.");
        }
    }

    private ObjectNode event(InputLine line) throws UnreadableException {
        String[] c = columns(line.text());
        if (c.length != 5) {
            throw new UnreadableException("The line has " + c.length + " columns instead of 5.");
        }
        String type = c[2].strip().toLowerCase(Locale.ROOT);
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("eventId", line.eventId(name()))
                .put("type", type)
                .put("userId", c[0])
                .put("occurredAt", time(c[4].strip()));
        event.putObject("target").put("kind", "item").put("id", c[1]);
        String value = c[3].strip();
        if (!value.isEmpty()) {
            addValue(event, EventType.ofWireName(type), value);
        }
        return event;
    }

    /** Returns the time as the API reads it, which also reports what is wrong with one. */
    private static String time(String text) throws UnreadableException {
        if (!text.matches("-?\\d+")) {
            return text;
        }
        try {
            return Instant.ofEpochSecond(Long.parseLong(text)).toString();
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableException("The time '" + text + "' is not a number of seconds.");
        }
    }

    private static void addValue(ObjectNode event, Optional<EventType> type, String text)
            throws UnreadableException {
        boolean money = type.isEmpty() || type.get().valueKind() == EventType.ValueKind.MONEY;
        String[] words = text.split(" +", -1);
        try {
            double number = Double.parseDouble(words[0]);
            if (words.length == 1) {
                event.put("value", number);
                return;
            }
            if (words.length == 2 && money) {
                event.putObject("value").put("amount", number).put("currency", words[1]);
                return;
            }
        } catch (NumberFormatException malformed) {
            // the sentence below says it
        }
        throw new UnreadableException("The value '" + text + "' is not a number.");
    }
}
