package dev.freshet.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.attribute.Attributes;
import dev.freshet.catalog.Item;
import dev.freshet.generator.Article;

/** Conversion of an article to the JSON of an item in {@code POST /v1/items}. */
final class ItemJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ItemJson() {}

    static ObjectNode of(Article article) {
        Item item = article.item();
        ObjectNode json = JSON.createObjectNode();
        json.put("itemId", item.itemId())
                .put("version", item.version())
                .put("type", item.type())
                .put("title", item.title())
                .put("text", item.text())
                .put("author", item.author())
                .put("publishedAt", String.valueOf(item.publishedAt()));
        item.tags().forEach(json.putArray("tags")::add);
        json.set("attributes", Attributes.write(item.attributes()));
        json.putObject("repeat").put("rule", "never");
        return json;
    }
}
