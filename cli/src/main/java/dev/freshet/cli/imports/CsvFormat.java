package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventType;
import java.util.Locale;
import java.util.Optional;

/**
 * The format {@code user,item,type,value,time}, with or without a line that names the columns. The
 * type is any of Freshet's event types; the value is empty, or percent, seconds, stars, or an
 * amount and a currency ({@code 9.90 EUR}); the time is in seconds since 1970 or {@code
 * 2026-01-31T09:30:00Z}.
 */
final class CsvFormat implements Format {
    private final Columns columns = new Columns(',', 5);

    @Override
    public String name() {
        return "csv";
    }

    @Override
    public boolean isHeader(String firstLine) {
        return firstLine.toLowerCase(Locale.ROOT).replace("\"", "").startsWith("user,item,");
    }

    @Override
    public ObjectNode event(String id, String line) {
        String[] c = columns.of(line);
        String type = c[2].strip().toLowerCase(Locale.ROOT);
        ObjectNode event = JSON.createObjectNode();
        event.put("eventId", id)
                .put("type", type)
                .put("userId", c[0])
                .put("occurredAt", time(c[4].strip()));
        event.putObject("target").put("kind", "item").put("id", c[1]);
        String value = c[3].strip();
        if (!value.isEmpty()) {
            value(event, EventType.ofWireName(type), value);
        }
        return event;
    }

    /** Returns the time as the API reads it, which also reports what is wrong with one. */
    private static String time(String text) {
        return text.matches("-?\\d+") ? Columns.time(text).toString() : text;
    }

    private static void value(ObjectNode event, Optional<EventType> type, String text) {
        String[] words = text.split(" +", -1);
        try {
            double number = Double.parseDouble(words[0]);
            if (words.length == 2
                    && type.map(EventType::valueKind).orElse(EventType.ValueKind.MONEY)
                            == EventType.ValueKind.MONEY) {
                event.putObject("value").put("amount", number).put("currency", words[1]);
                return;
            }
            if (words.length == 1) {
                event.put("value", number);
                return;
            }
        } catch (NumberFormatException e) {
            throw new UnreadableRowException("The value '" + text + "' is not a number.", e);
        }
        throw new UnreadableRowException("The value '" + text + "' is not a number.");
    }
}
