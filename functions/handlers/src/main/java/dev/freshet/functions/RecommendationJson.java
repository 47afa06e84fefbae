package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Attributes;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventTypes;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.signal.Attributors.Attribution.Moved;
import dev.freshet.query.ItemFields;
import dev.freshet.query.ItemFields.Member;
import dev.freshet.ranking.RankedList.Withheld;
import dev.freshet.ranking.Reason;
import dev.freshet.ranking.ReasonLanguage;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommendations.HistorySummary;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON encoding of recommendations, as the API document describes them ({@code Recommendations} in
 * openapi.yaml).
 */
final class RecommendationJson {
    /** Most characters of tags and attributes in one response, so that it stays below 6 MB. */
    static final int MAX_FIELD_CHARACTERS = 256 << 10;

    /** The reason given where items come without all of their fields. */
    private static final String FIELDS_LIMIT = "fields-limit";

    private RecommendationJson() {}

    /**
     * Returns the response. Where tags and attributes exceed {@value #MAX_FIELD_CHARACTERS}
     * characters, the items that follow come without them.
     *
     * @param form what it says of each item, and in which language
     * @param types of events of the stack
     */
    static ObjectNode of(Recommendations answer, AnswerForm form, EventTypes types) {
        ItemFields fields = form.fields();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recommendationId", answer.recommendationId());
        ArrayNode items = json.putArray("items");
        int room = MAX_FIELD_CHARACTERS;
        for (RecommendedItem item : answer.items()) {
            room -= characters(item.item(), fields);
            items.add(
                    item(
                            item,
                            room < 0 ? fields.withoutTexts() : fields,
                            answer.predictedRatings().get(item.itemId()),
                            form.language(),
                            types));
        }
        json.put("exposure", answer.exposure());
        if (answer.next() != null) {
            json.put("next", answer.next());
        }
        json.putObject("model")
                .put("version", answer.modelVersion())
                .put("ageMs", answer.modelAge().toMillis());
        json.set("reflects", reflects(answer.reflects()));
        json.put("personalised", answer.personalised());
        json.put("degraded", answer.degraded() || room < 0);
        ArrayNode reasons = json.putArray("degradedReasons");
        answer.degradedReasons().forEach(reasons::add);
        if (room < 0) {
            reasons.add(FIELDS_LIMIT);
        }
        List<String> empty = answer.emptyReasons();
        if (!empty.isEmpty()) {
            empty.forEach(json.putArray("emptyReasons")::add);
        }
        return answer.given() == null ? json : ordered(answer.given(), json);
    }

    private static int characters(Item item, ItemFields fields) {
        int characters = 0;
        if (fields.has(Member.TAGS)) {
            characters += item.tags().stream().mapToInt(String::length).sum();
        }
        for (String name : fields.attributes()) {
            AttributeValue value = item.attributes().get(name);
            characters += value == null ? 0 : name.length() + value.size();
        }
        return characters;
    }

    private static ObjectNode item(
            RecommendedItem item,
            ItemFields fields,
            @Nullable Double predictedRating,
            ReasonLanguage language,
            EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("itemId", item.itemId());
        catalogue(json, item.item(), fields);
        if (fields.has(Member.SCORE)) {
            json.put("score", item.score());
        }
        json.put("position", item.position());
        if (predictedRating != null) {
            json.put("predictedRating", predictedRating);
        }
        if (fields.has(Member.REASONS)) {
            ArrayNode reasons = json.putArray("reasons");
            item.reasons().forEach(reason -> reasons.add(reason(reason, language, types)));
        }
        if (fields.has(Member.MOVED_BY)) {
            ArrayNode movedBy = json.putArray("movedBy");
            item.movedBy().forEach(event -> movedBy.add(event(event, types)));
        }
        return json;
    }

    /** Adds what the catalogue says of an item; what it does not say is left out. */
    private static void catalogue(ObjectNode json, Item item, ItemFields fields) {
        if (fields.has(Member.TITLE) && !item.title().isEmpty()) {
            json.put("title", item.title());
        }
        if (fields.has(Member.TYPE)) {
            json.put("type", item.type());
        }
        if (fields.has(Member.TAGS)) {
            item.tags().forEach(json.putArray("tags")::add);
        }
        if (fields.has(Member.AUTHOR) && item.author() != null) {
            json.put("author", item.author());
        }
        if (fields.has(Member.PUBLISHED_AT) && item.publishedAt() != null) {
            json.put("publishedAt", item.publishedAt().toString());
        }
        Map<String, AttributeValue> attributes = new HashMap<>();
        for (String name : fields.attributes()) {
            AttributeValue value = item.attributes().get(name);
            if (value != null) {
                attributes.put(name, value);
            }
        }
        if (!attributes.isEmpty()) {
            json.set("attributes", Attributes.write(attributes));
        }
    }

    private static ObjectNode reason(Reason reason, ReasonLanguage language, EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", reason.source().wireName())
                .put("share", reason.share())
                .put("contribution", reason.contribution())
                .put("text", language.text(reason.message()));
        if (reason.because() != null) {
            json.put("because", reason.because());
        }
        if (reason.event() != null) {
            json.set("event", event(reason.event(), types));
        }
        return json;
    }

    private static ObjectNode event(Moved event, EventTypes types) {
        UserAction action = event.action();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", action.eventId()).put("type", types.nameOf(action.type()));
        if (action.target().isItem()) {
            json.put("itemId", action.target().id());
        } else {
            json.putObject("target")
                    .put("kind", action.target().kind().wireName())
                    .put("id", action.target().id());
        }
        return json.put("at", action.at().toString())
                .put("part", event.part())
                .put("lift", event.lift());
    }

    private static ObjectNode reflects(HistorySummary reflects) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("events", reflects.events());
        if (reflects.latestEventId() != null) {
            json.put("latestEventId", reflects.latestEventId());
        }
        if (reflects.latestOccurredAt() != null) {
            json.put("latestOccurredAt", reflects.latestOccurredAt().toString());
        }
        return json;
    }

    /**
     * Completes the encoding of ordered items ({@code RankedItems} in openapi.yaml).
     *
     * @param list the encoding of the items that have a place, which is changed
     */
    private static ObjectNode ordered(Recommendations.Given given, ObjectNode list) {
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
