package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.ranking.Withheld;
import dev.freshet.recommend.Recommendations;

/** JSON encoding of ordered items, as the API document describes them ({@code RankedItems}). */
final class RankJson {
    private RankJson() {}

    /**
     * Completes the encoding of the list.
     *
     * @param list the encoding of the items that have a place, which is changed
     */
    static ObjectNode of(Recommendations.Given given, ObjectNode list) {
        ArrayNode items = (ArrayNode) list.path("items");
        for (JsonNode item : items) {
            Withheld why = given.withheld().get(item.path("itemId").asText());
            if (why != null) {
                ((ObjectNode) item).set("withheld", why(why));
            }
        }
        for (Withheld unranked : given.unranked()) {
            ObjectNode item = JsonNodeFactory.instance.objectNode();
            item.put("itemId", unranked.itemId()).put("position", items.size() + 1);
            item.putArray("reasons");
            item.putArray("movedBy");
            items.add(item.set("withheld", why(unranked)));
        }
        ArrayNode dropped = list.putArray("dropped");
        for (Withheld one : given.dropped()) {
            dropped.add(why(one).put("itemId", one.itemId()));
        }
        given.duplicates().forEach(list.putArray("duplicates")::add);
        return list;
    }

    private static ObjectNode why(Withheld withheld) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", withheld.code())
                .put("text", withheld.text());
    }
}
