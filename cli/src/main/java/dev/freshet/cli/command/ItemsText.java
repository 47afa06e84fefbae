package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.ApiResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders a list of recommended items as a table for people. Each item has its reasons with their
 * share of the score and their contribution in log odds. Below an item are the user's events that
 * raised its score most, each with its part of what all of them raised and with the log odds that
 * would be lost without it. Fields that were asked for and have no column of their own stand below
 * the item too.
 */
final class ItemsText {
    private static final int TITLE = 48;

    /** Column at which the reasons begin. */
    private static final int MARGIN = 79;

    private ItemsText() {}

    static String of(ApiResponse answer) {
        JsonNode body = answer.body();
        List<String> lines = new ArrayList<>();
        lines.add("%3s  %-24s %-48s %s".formatted("", "item", "title", "why"));
        for (JsonNode item : body.path("items")) {
            lines.add(
                    "%3d  %-24s %-48s %s"
                            .formatted(
                                    item.path("position").asInt(),
                                    item.path("itemId").asText(),
                                    cut(item.path("title").asText()),
                                    why(item)));
            String also = also(item);
            if (!also.isEmpty()) {
                lines.add(" ".repeat(MARGIN) + also);
            }
            if (!item.path("movedBy").isEmpty()) {
                lines.add(" ".repeat(MARGIN) + movedBy(item));
            }
        }
        if (body.path("items").isEmpty()) {
            lines.add("     nothing to show yet");
        }
        for (JsonNode reason : body.path("degradedReasons")) {
            lines.add("left out: " + reason.asText());
        }
        lines.add(
                "model version %d, refreshed %d ms before; history of %d events; answered in %.1f ms"
                        .formatted(
                                body.path("model").path("version").asLong(),
                                body.path("model").path("ageMs").asLong(),
                                body.path("reflects").path("events").asLong(),
                                answer.took().toNanos() / 1e6));
        return String.join("\n", lines);
    }

    private static String why(JsonNode item) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode reason : item.path("reasons")) {
            double contribution = reason.path("contribution").asDouble();
            reasons.add(
                    "%s (%.0f %%%s)"
                            .formatted(
                                    reason.path("text").asText(),
                                    100 * reason.path("share").asDouble(),
                                    contribution == 0 ? "" : ", %+.2f".formatted(contribution)));
        }
        return String.join(", ", reasons);
    }

    /** Returns what a request named in its fields beyond what the other columns have. */
    private static String also(JsonNode item) {
        List<String> fields = new ArrayList<>();
        for (String name : List.of("type", "author", "publishedAt")) {
            if (item.hasNonNull(name)) {
                fields.add(name + " " + item.path(name).asText());
            }
        }
        if (!item.path("tags").isEmpty()) {
            fields.add("tags " + values(item.path("tags")));
        }
        item.path("attributes")
                .properties()
                .forEach(
                        attribute ->
                                fields.add(
                                        attribute.getKey() + " " + values(attribute.getValue())));
        return String.join(", ", fields);
    }

    private static String values(JsonNode value) {
        if (!value.isArray()) {
            return value.asText();
        }
        List<String> texts = new ArrayList<>();
        value.forEach(one -> texts.add(one.asText()));
        return String.join("/", texts);
    }

    private static String movedBy(JsonNode item) {
        List<String> events = new ArrayList<>();
        for (JsonNode event : item.path("movedBy")) {
            events.add(
                    "%s of %s (%.0f %%, %+.2f)"
                            .formatted(
                                    event.path("type").asText(),
                                    event.path("itemId")
                                            .asText(event.path("target").path("id").asText()),
                                    100 * event.path("part").asDouble(),
                                    event.path("lift").asDouble()));
        }
        return "raised by: " + String.join(", ", events);
    }

    private static String cut(String title) {
        return title.length() <= TITLE ? title : title.substring(0, TITLE - 1) + "…";
    }
}
