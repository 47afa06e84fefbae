package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Renders an explanation for people: the way of the item that was asked for, then the stages in
 * their order, the list, the best candidates that are not in it and some of the items withheld.
 */
final class ExplanationText {
    /** Most candidates without a place, and most items withheld, that are printed. */
    private static final int MOST = 10;

    private static final int TITLE = 40;

    /** Contributions below this are not printed, in log odds. */
    private static final double LEAST = 0.05;

    private static final int MOST_PARTS = 4;

    private ExplanationText() {}

    static String of(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        if (answer.has("item")) {
            item(answer.path("item"), lines);
        }
        stages(answer, lines);
        list(answer, lines);
        others(answer, lines);
        withheld(answer, lines);
        return String.join("\n", lines);
    }

    private static void item(JsonNode item, List<String> lines) {
        lines.add("%s: %s".formatted(item.path("itemId").asText(), verdict(item)));
        item.path("sentences").forEach(sentence -> lines.add("  " + sentence.asText()));
        lines.add("");
    }

    private static String verdict(JsonNode item) {
        return switch (item.path("verdict").asText()) {
            case "shown" ->
                    "in the list, at place " + item.path("candidate").path("position").asInt();
            case "not-chosen" -> "a candidate, but not in the list";
            case "removed" -> "withheld by the filter " + item.path("filter").asText();
            case "not-found" -> "not found by any source";
            case "crowded-out" -> "found, but not ranked";
            default -> "not known to the model";
        };
    }

    private static void stages(JsonNode answer, List<String> lines) {
        lines.add(
                "list %s, model version %,d, %s, policy %s"
                        .formatted(
                                answer.path("recommendationId").asText(),
                                answer.path("model").path("version").asLong(),
                                answer.path("personalised").asBoolean()
                                        ? "history of "
                                                + answer.path("reflects").path("events").asInt()
                                                + " events"
                                        : "not personalised",
                                answer.path("policy").asText()));
        List<String> left = new ArrayList<>();
        answer.path("degradedReasons").forEach(reason -> left.add(reason.asText()));
        if (!left.isEmpty()) {
            lines.add("left out: " + String.join(", ", left));
        }
        List<String> found = new ArrayList<>();
        for (JsonNode source : answer.path("sources")) {
            found.add(
                    "%s %,d (%,d kept)"
                            .formatted(
                                    source.path("source").asText(),
                                    source.path("found").asInt(),
                                    source.path("kept").asInt()));
        }
        lines.add("found: " + (found.isEmpty() ? "nothing" : String.join(", ", found)));
        List<String> removed = new ArrayList<>();
        for (JsonNode filter : answer.path("filters")) {
            removed.add(
                    "%s %,d"
                            .formatted(
                                    filter.path("filter").asText(),
                                    filter.path("removed").asInt()));
        }
        lines.add("withheld: " + (removed.isEmpty() ? "nothing" : String.join(", ", removed)));
        lines.add("candidates: %,d".formatted(answer.path("candidates").asInt()));
    }

    private static void list(JsonNode answer, List<String> lines) {
        lines.add("");
        lines.add(
                "%5s %5s %7s  %-9s %-24s %-40s %s"
                        .formatted("place", "rank", "score", "by", "item", "title", "why"));
        for (int at = 0; at < answer.path("items").size(); at++) {
            JsonNode item = answer.path("items").path(at);
            JsonNode place = answer.path("places").path(at);
            List<String> reasons = new ArrayList<>();
            item.path("reasons").forEach(reason -> reasons.add(reason.path("text").asText()));
            lines.add(
                    "%5d %5d %7.1f  %-9s %-24s %-40s %s"
                            .formatted(
                                    at + 1,
                                    place.path("rank").asInt(),
                                    item.path("score").asDouble(),
                                    by(place),
                                    item.path("itemId").asText(),
                                    cut(item.path("title").asText()),
                                    String.join(", ", reasons)));
        }
        if (answer.path("items").isEmpty()) {
            lines.add("      nothing to show");
        }
    }

    private static String by(JsonNode place) {
        String by = place.path("by").asText();
        return by.equals("chosen")
                ? by
                : "%s %.0f %%"
                        .formatted(
                                by.equals("drawn") ? "draw" : "new",
                                100 * place.path("propensity").asDouble());
    }

    private static void others(JsonNode answer, List<String> lines) {
        List<String> others = new ArrayList<>();
        for (JsonNode candidate : answer.path("best")) {
            if (!candidate.has("position") && others.size() < MOST) {
                others.add(
                        "%5s %5d %7.1f  %-9s %-24s %-40s %s"
                                .formatted(
                                        "",
                                        candidate.path("rank").asInt(),
                                        candidate.path("score").asDouble(),
                                        "",
                                        candidate.path("itemId").asText(),
                                        cut(candidate.path("title").asText()),
                                        parts(candidate)));
            }
        }
        if (!others.isEmpty()) {
            lines.add("");
            lines.add("best candidates that are not in the list:");
            lines.addAll(others);
        }
    }

    /** Returns what sets a candidate apart from the mean candidate most, by source. */
    private static String parts(JsonNode candidate) {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (JsonNode signal : candidate.path("signals")) {
            sums.merge(
                    signal.path("source").asText(),
                    signal.path("contribution").asDouble(),
                    Double::sum);
        }
        sums.put("likeness", candidate.path("likeness").asDouble());
        sums.put("boost", candidate.path("boost").asDouble());
        return String.join(
                ", ",
                sums.entrySet().stream()
                        .filter(part -> Math.abs(part.getValue()) >= LEAST)
                        .sorted(
                                (one, other) ->
                                        Double.compare(
                                                Math.abs(other.getValue()),
                                                Math.abs(one.getValue())))
                        .limit(MOST_PARTS)
                        .map(
                                part ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s %+.1f",
                                                part.getKey(),
                                                part.getValue()))
                        .toList());
    }

    private static void withheld(JsonNode answer, List<String> lines) {
        int shown = Math.min(MOST, answer.path("withheld").size());
        if (shown == 0) {
            return;
        }
        lines.add("");
        lines.add(
                "%,d items found are no candidates; the first %d:"
                        .formatted(answer.path("removed").asInt(), shown));
        for (int at = 0; at < shown; at++) {
            JsonNode item = answer.path("withheld").path(at);
            List<String> found = new ArrayList<>();
            item.path("foundBy").forEach(by -> found.add(by.path("source").asText()));
            lines.add(
                    "      %-12s %-24s %-40s found by %s"
                            .formatted(
                                    item.path("filter").asText("crowded out"),
                                    item.path("itemId").asText(),
                                    cut(item.path("title").asText()),
                                    String.join(", ", found)));
        }
    }

    private static String cut(String title) {
        return title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "…";
    }
}
