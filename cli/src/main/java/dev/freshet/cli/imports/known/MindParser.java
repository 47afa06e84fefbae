package dev.freshet.cli.imports.known;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineId;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.event.Event;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tables of MIND, the Microsoft News Dataset, told apart by their columns.
 *
 * <p>A row of {@code news.tsv} (id, category, subcategory, title, abstract, address, entities of
 * both) is an item. A row of {@code behaviors.tsv} (impression, user, time, history, impressions
 * with 1 for a click) is an impression of the items shown and a click for each that was clicked;
 * the history has no times and is left out. Times are taken as UTC.
 *
 * @see <a href="https://msnews.github.io/">MIND</a>
 */
public final class MindParser implements LineParser {
    private static final int NEWS_COLUMNS = 8;
    private static final int BEHAVIOR_COLUMNS = 5;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.ROOT);

    @Override
    public String name() {
        return "mind";
    }

    @Override
    public boolean isHeader(InputLine first) {
        return false;
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        String[] columns = line.text().split("\t", -1);
        return switch (columns.length) {
            case NEWS_COLUMNS -> List.of(news(line, columns));
            case BEHAVIOR_COLUMNS -> behavior(line, columns);
            default ->
                    List.of(
                            new ImportEntry.Unreadable(
                                    line,
                                    "The line has %d columns: a row of news.tsv has %d, one of behaviors.tsv %d."
                                            .formatted(
                                                    columns.length,
                                                    NEWS_COLUMNS,
                                                    BEHAVIOR_COLUMNS)));
        };
    }

    private static ImportEntry news(InputLine line, String[] columns) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("itemId", columns[0]).put("type", "article");
        ArrayNode tags = JsonNodeFactory.instance.arrayNode();
        for (String tag : List.of(columns[1], columns[2])) {
            if (!tag.isBlank()) {
                tags.add(tag);
            }
        }
        if (!tags.isEmpty()) {
            item.set("tags", tags);
        }
        put(item, "title", columns[3]);
        put(item, "text", columns[4]);
        if (!columns[5].isBlank()) {
            item.putObject("attributes").put("url", columns[5]);
        }
        return new ImportEntry.OfItem(line, item);
    }

    private static void put(ObjectNode item, String member, String text) {
        if (!text.isBlank()) {
            item.put(member, text);
        }
    }

    private static List<ImportEntry> behavior(InputLine line, String[] columns) {
        Instant time;
        try {
            time = LocalDateTime.parse(columns[2].strip(), TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException malformed) {
            return List.of(
                    new ImportEntry.Unreadable(
                            line, "The time is not of the form 11/13/2019 8:36:57 AM."));
        }
        List<String> shown = new ArrayList<>();
        List<String> clicked = new ArrayList<>();
        for (String word : columns[4].strip().split(" +", -1)) {
            int dash = word.lastIndexOf('-');
            String id = dash < 1 ? word : word.substring(0, dash);
            if (!id.isEmpty()) {
                shown.add(id);
                if (word.endsWith("-1")) {
                    clicked.add(id);
                }
            }
        }
        String id = LineId.of("mind", line);
        List<ImportEntry> entries = new ArrayList<>();
        for (int from = 0; from < shown.size(); from += Event.Impression.MAX_ITEMS) {
            ObjectNode event = event(id + "-s" + from, "impression", columns[1], time);
            ArrayNode items = event.putArray("items");
            int end = Math.min(from + Event.Impression.MAX_ITEMS, shown.size());
            shown.subList(from, end).forEach(items::add);
            entries.add(new ImportEntry.OfEvent(line, event));
        }
        for (int i = 0; i < clicked.size(); i++) {
            entries.add(
                    new ImportEntry.OfEvent(
                            line,
                            event(id + "-c" + i, "click", columns[1], time)
                                    .put("itemId", clicked.get(i))));
        }
        return entries.isEmpty()
                ? List.of(new ImportEntry.Skipped(line, "nothing was shown"))
                : entries;
    }

    private static ObjectNode event(String id, String type, String user, Instant time) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("eventId", id)
                .put("type", type)
                .put("userId", user)
                .put("occurredAt", time.toString());
    }
}
