package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.console.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Renders an explanation for people: the way of the item that was asked for, then the stages in
 * their order, the list, the best candidates that are not in it and some of the items withheld.
 * Rows of items have at most {@value Text#WIDTH} characters; why an item is there stands below it.
 */
final class ExplanationText {
    /** Most candidates without a place, and most items withheld, that are printed. */
    private static final int MOST = 10;

    /** Contributions below this are not printed, in log odds. */
    private static final double LEAST = 0.05;

    private static final int MAX_PARTS = 4;

    private ExplanationText() {}

    static String of(JsonNode answer) {
        Text text = new Text();
        if (answer.has("item")) {
            JsonNode item = answer.path("item");
            text.add("%s: %s", item.path("itemId").asText(), verdict(item));
            item.path("sentences").forEach(sentence -> text.add("  %s", sentence.asText()));
            text.add("");
        }
        stages(answer, text);
        list(answer, text);
        others(answer, text);
        withheld(answer, text);
        return text.toString();
    }

    private static String verdict(JsonNode item) {
        return switch (item.path("verdict").asText()) {
            case "shown" -> "in the list, at place " + item.at("/candidate/position").asInt();
            case "not-chosen" -> "a candidate, but not in the list";
            case "removed" -> "withheld by the filter " + item.path("filter").asText();
            case "not-found" -> "not found by any source";
            case "crowded-out" -> "found, but not ranked";
            default -> "not known to the model";
        };
    }

    private static void stages(JsonNode answer, Text text) {
        String of =
                answer.path("personalised").asBoolean()
                        ? Text.filled(answer, "history of {/reflects/events:d} events")
                        : "not personalised";
        text.add(
                answer,
                "list {recommendationId}, model version {/model/version:,d}, "
                        + of
                        + ", policy {policy}");
        if (!answer.path("degradedReasons").isEmpty()) {
            text.add("left out: %s", joined(answer.path("degradedReasons"), ""));
        }
        String found = joined(answer.path("sources"), "{source} {found:,d} ({kept:,d} kept)");
        text.add("found: %s", found.isEmpty() ? "nothing" : found);
        String removed = joined(answer.path("filters"), "{filter} {removed:,d}");
        text.add("withheld: %s", removed.isEmpty() ? "nothing" : removed);
        text.add(answer, "candidates: {candidates:,d}");
    }

    private static String joined(JsonNode list, String template) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(each -> each.isTextual() ? each.asText() : Text.filled(each, template))
                .collect(Collectors.joining(", "));
    }

    private static void list(JsonNode answer, Text text) {
        text.add("");
        text.add(
                "%5s %5s %7s  %-9s  %s",
                "place", "rank", "score", "by", "item, title, and below them why");
        for (int at = 0; at < answer.path("items").size(); at++) {
            JsonNode item = answer.path("items").path(at);
            JsonNode place = answer.path("places").path(at);
            List<String> why = new ArrayList<>();
            Text.texts(item.path("reasons"), "text")
                    .forEach(reason -> why.add(Text.cut(reason, ItemsText.MAX_REASON)));
            addRow(text, figures(String.valueOf(at + 1), place, item, by(place)), item, "", why);
        }
        if (answer.path("items").isEmpty()) {
            text.add("      nothing to show");
        }
    }

    private static String figures(String position, JsonNode ranked, JsonNode scored, String by) {
        String rank = Text.filled(ranked, "{rank:5s}");
        return "%5s %s %s  %-9s  "
                .formatted(position, rank, Text.filled(scored, "{score:7.1f}"), by);
    }

    /** Adds an item: figures, id and title on a line, and why on lines below id and title. */
    private static void addRow(
            Text text, String figures, JsonNode item, String lead, List<String> why) {
        String line = figures + Text.filled(item, "{itemId}  {title}");
        text.add("%s", Text.cut(line.stripTrailing(), Text.WIDTH))
                .addWrapped(" ".repeat(figures.length()), lead, why);
    }

    private static String by(JsonNode place) {
        String by = place.path("by").asText();
        return by.equals("chosen")
                ? by
                : (by.equals("drawn") ? "draw " : "new ")
                        + Text.filled(place, "{propensity:.0f %}");
    }

    private static void others(JsonNode answer, Text text) {
        List<JsonNode> others = new ArrayList<>();
        answer.path("best").forEach(others::add);
        others.removeIf(candidate -> candidate.has("position"));
        if (!others.isEmpty()) {
            text.add("");
            text.add("best candidates that are not in the list:");
        }
        for (JsonNode candidate : others.subList(0, Math.min(MOST, others.size()))) {
            addRow(text, figures("", candidate, candidate, ""), candidate, "", parts(candidate));
        }
    }

    /** Returns what sets a candidate apart from the mean candidate most, by source. */
    private static List<String> parts(JsonNode candidate) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (JsonNode signal : candidate.path("signals")) {
            sums.merge(
                    signal.path("source").asText(),
                    signal.path("contribution").asDouble(),
                    Double::sum);
        }
        sums.put("likeness", candidate.path("likeness").asDouble());
        sums.put("boost", candidate.path("boost").asDouble());
        Comparator<Map.Entry<String, Double>> bySize =
                Comparator.comparingDouble(part -> -Math.abs(part.getValue()));
        return sums.entrySet().stream()
                .filter(part -> Math.abs(part.getValue()) >= LEAST)
                .sorted(bySize)
                .limit(MAX_PARTS)
                .map(part -> "%s %+.1f".formatted(part.getKey(), part.getValue()))
                .toList();
    }

    private static void withheld(JsonNode answer, Text text) {
        int shown = Math.min(MOST, answer.path("withheld").size());
        if (shown == 0) {
            return;
        }
        text.add("");
        text.add(
                "%,d items found are no candidates; the first %d:",
                answer.path("removed").asInt(), shown);
        for (int at = 0; at < shown; at++) {
            JsonNode item = answer.path("withheld").path(at);
            String filter = "      %-12s  ".formatted(item.path("filter").asText("crowded out"));
            addRow(text, filter, item, "found by ", Text.texts(item.path("foundBy"), "source"));
        }
    }
}
