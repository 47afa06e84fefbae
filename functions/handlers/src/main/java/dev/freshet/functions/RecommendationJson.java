package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.ranking.EventAttribution;
import dev.freshet.ranking.Reason;
import dev.freshet.recommend.HistorySummary;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.RecommendedItem;
import org.jspecify.annotations.Nullable;

/**
 * JSON encoding of recommendations, as the API document describes them ({@code Recommendations} in
 * openapi.yaml).
 */
final class RecommendationJson {
    private RecommendationJson() {}

    static ObjectNode of(Recommendations answer, EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recommendationId", answer.recommendationId());
        ArrayNode items = json.putArray("items");
        for (RecommendedItem item : answer.items()) {
            items.add(item(item, answer.predictedRatings().get(item.itemId()), types));
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
        json.put("degraded", answer.degraded());
        answer.degradedReasons().forEach(json.putArray("degradedReasons")::add);
        return json;
    }

    private static ObjectNode item(
            RecommendedItem item, @Nullable Double predictedRating, EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("itemId", item.itemId());
        if (!item.title().isEmpty()) {
            json.put("title", item.title());
        }
        json.put("score", item.score()).put("position", item.position());
        if (predictedRating != null) {
            json.put("predictedRating", predictedRating);
        }
        ArrayNode reasons = json.putArray("reasons");
        item.reasons().forEach(reason -> reasons.add(reason(reason, types)));
        ArrayNode movedBy = json.putArray("movedBy");
        item.movedBy().forEach(event -> movedBy.add(event(event, types)));
        return json;
    }

    private static ObjectNode reason(Reason reason, EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("source", reason.source().wireName())
                .put("share", reason.share())
                .put("contribution", reason.contribution())
                .put("text", reason.text());
        if (reason.because() != null) {
            json.put("because", reason.because());
        }
        if (reason.event() != null) {
            json.set("event", event(reason.event(), types));
        }
        return json;
    }

    private static ObjectNode event(EventAttribution event, EventTypes types) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", event.eventId()).put("type", types.nameOf(event.type()));
        if (event.target().isItem()) {
            json.put("itemId", event.target().id());
        } else {
            json.putObject("target")
                    .put("kind", event.target().kind().wireName())
                    .put("id", event.target().id());
        }
        return json.put("at", event.at().toString())
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
}
