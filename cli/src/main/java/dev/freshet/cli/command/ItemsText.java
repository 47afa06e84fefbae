package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.Text;
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
        Text text = new Text();
        text.add("%3s  %-24s %-48s %s", "", "item", "title", "why");
        for (JsonNode item : body.path("items")) {
            text.add(
                    "%3d  %-24s %-48s %s",
                    item.path("position").asInt(),
                    item.path("itemId").asText(),
                    Text.cut(item.path("title").asText(), TITLE),
                    why(item));
            for (String more : List.of(fields(item), movedBy(item))) {
                if (!more.isEmpty()) {
                    text.add("%s%s", " ".repeat(MARGIN), more);
                }
            }
        }
        if (body.path("items").isEmpty()) {
            text.add("     nothing to show yet");
        }
        body.path("degradedReasons").forEach(reason -> text.add("left out: %s", reason.asText()));
        text.add(
                "model version %d, refreshed %d ms before; history of %d events; answered in %.1f ms",
                body.at("/model/version").asLong(),
                body.at("/model/ageMs").asLong(),
                body.at("/reflects/events").asLong(),
                answer.took().toNanos() / 1e6);
        return text.toString();
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
    private static String fields(JsonNode item) {
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
                .forEachEntry((name, value) -> fields.add(name + " " + values(value)));
        return String.join(", ", fields);
    }

    private static String values(JsonNode value) {
        return value.isArray() ? String.join("/", Text.texts(value, "")) : value.asText();
    }

    private static String movedBy(JsonNode item) {
        List<String> events = new ArrayList<>();
        for (JsonNode event : item.path("movedBy")) {
            events.add(
                    "%s of %s (%.0f %%, %+.2f)"
                            .formatted(
                                    event.path("type").asText(),
                                    event.path("itemId").asText(event.at("/target/id").asText()),
                                    100 * event.path("part").asDouble(),
                                    event.path("lift").asDouble()));
        }
        return events.isEmpty() ? "" : "raised by: " + String.join(", ", events);
    }
}
