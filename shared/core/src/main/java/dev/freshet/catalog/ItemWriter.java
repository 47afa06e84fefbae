package dev.freshet.catalog;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import java.util.TreeSet;

/**
 * Writer of items in the API's JSON. {@link ItemReader} reads the result back as an equal item,
 * except for an embedding that was computed from the text, which is left out.
 */
public final class ItemWriter {
    private ItemWriter() {}

    /** Returns the item's JSON, without members that are empty. */
    public static ObjectNode write(Item item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("itemId", item.itemId()).put("version", item.version()).put("type", item.type());
        if (item.group() != null) {
            json.put("group", item.group());
        }
        json.put("title", item.title());
        if (!item.text().isEmpty()) {
            json.put("text", item.text());
        }
        if (!item.tags().isEmpty()) {
            item.tags().forEach(json.putArray("tags")::add);
        }
        if (item.author() != null) {
            json.put("author", item.author());
        }
        if (item.publishedAt() != null) {
            json.put("publishedAt", item.publishedAt().toString());
        }
        if (!item.attributes().isEmpty()) {
            json.set("attributes", Attributes.write(item.attributes()));
        }
        if (!item.availability().isEmpty()) {
            ArrayNode windows = json.putArray("availability");
            item.availability().forEach(window -> windows.add(window(window)));
        }
        json.set("repeat", repeat(item.repeat()));
        if (item.embedding().origin().equals(Embedding.GIVEN)) {
            ArrayNode numbers = json.putArray("embedding");
            for (float number : item.embedding().numbers()) {
                numbers.add(number);
            }
        }
        return json;
    }

    private static ObjectNode window(Availability window) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!window.regions().isEmpty()) {
            new TreeSet<>(window.regions()).forEach(json.putArray("regions")::add);
        }
        if (window.from() != null) {
            json.put("from", window.from().toString());
        }
        if (window.until() != null) {
            json.put("until", window.until().toString());
        }
        return json;
    }

    private static ObjectNode repeat(RepeatRule rule) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return switch (rule) {
            case RepeatRule.Never() -> json.put("rule", "never");
            case RepeatRule.Always() -> json.put("rule", "always");
            case RepeatRule.Learned() -> json.put("rule", "learned");
            case RepeatRule.After(var pause) ->
                    json.put("rule", "after").put("afterSeconds", pause.toSeconds());
        };
    }
}
