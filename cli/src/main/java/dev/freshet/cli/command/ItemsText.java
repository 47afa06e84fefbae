package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.console.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Renders a list of recommended items for people. Below the position, id and title of an item stand
 * its reasons, each with its share of the score and its contribution in log odds; the fields that
 * were asked for; and the user's events that raised its score most, each with the log odds that
 * would be lost without it. Of more than three reasons or events the first are shown; {@code
 * --json} has them all.
 */
final class ItemsText {
    /** Most characters of the words of a reason. */
    static final int MAX_REASON = 64;

    private static final int MAX_PARTS = 3;
    private static final String MARGIN = "     ";

    private ItemsText() {}

    static String of(ApiResponse answer) {
        JsonNode body = answer.body();
        Text text = new Text();
        for (JsonNode item : body.path("items")) {
            String head =
                    "%3d  %s  %s"
                            .formatted(
                                    item.path("position").asInt(),
                                    item.path("itemId").asText(),
                                    item.path("title").asText());
            text.add("%s", Text.cut(head.stripTrailing(), Text.WIDTH));
            text.addWrapped(MARGIN, "", first(reasons(item)))
                    .addWrapped(MARGIN, "", fields(item))
                    .addWrapped(MARGIN, "raised by ", first(movedBy(item)));
        }
        body.path("emptyReasons")
                .forEach(reason -> text.add("     nothing to show: %s", reason.asText()));
        body.path("degradedReasons").forEach(reason -> text.add("left out: %s", reason.asText()));
        text.add(
                body,
                "model version {/model/version:d}, refreshed {/model/ageMs:d} ms before;"
                        + " history of {/reflects/events:d} events; answered in "
                        + "%.1f ms".formatted(answer.took().toNanos() / 1e6));
        return text.toString();
    }

    private static List<String> first(List<String> parts) {
        if (parts.size() <= MAX_PARTS) {
            return parts;
        }
        List<String> first = new ArrayList<>(parts.subList(0, MAX_PARTS));
        first.add(parts.size() - MAX_PARTS + " more");
        return first;
    }

    private static List<String> reasons(JsonNode item) {
        List<String> reasons = new ArrayList<>();
        for (JsonNode reason : item.path("reasons")) {
            double contribution = reason.path("contribution").asDouble();
            reasons.add(
                    "%s (%s%s)"
                            .formatted(
                                    Text.cut(reason.path("text").asText(), MAX_REASON),
                                    Text.filled(reason, "{share:.0f %}"),
                                    contribution == 0 ? "" : ", %+.2f".formatted(contribution)));
        }
        return reasons;
    }

    /** Returns what a request named in its fields beyond id and title. */
    private static List<String> fields(JsonNode item) {
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
        return fields;
    }

    private static String values(JsonNode value) {
        return value.isArray() ? String.join("/", Text.texts(value, "")) : value.asText();
    }

    private static List<String> movedBy(JsonNode item) {
        List<String> events = new ArrayList<>();
        for (JsonNode event : item.path("movedBy")) {
            String id = event.path("itemId").asText(event.at("/target/id").asText());
            String raised = Text.filled(event, " ({lift:+.2f})");
            events.add(event.path("type").asText() + " of " + id + raised);
        }
        return events;
    }
}
