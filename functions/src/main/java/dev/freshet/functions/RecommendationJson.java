package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.ranking.Reason;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.RecommendedItem;
import dev.freshet.recommend.Reflects;

/**
 * Recommendations as the API's document describes them ({@code Recommendations} in openapi.yaml).
 */
final class RecommendationJson {
    private RecommendationJson() {}

    static ObjectNode of(Recommendations answer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("recommendationId", answer.recommendationId());
        ArrayNode items = json.putArray("items");
        answer.items().forEach(item -> items.add(item(item)));
        json.put("exposure", answer.exposure());
        json.putObject("model")
                .put("version", answer.modelVersion())
                .put("ageMs", answer.modelAge().toMillis());
        json.set("reflects", reflects(answer.reflects()));
        json.put("degraded", answer.degraded());
        answer.degradedReasons().forEach(json.putArray("degradedReasons")::add);
        return json;
    }

    private static ObjectNode item(RecommendedItem item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("itemId", item.itemId());
        if (!item.title().isEmpty()) {
            json.put("title", item.title());
        }
        json.put("score", item.score()).put("position", item.position());
        ArrayNode reasons = json.putArray("reasons");
        for (Reason reason : item.reasons()) {
            ObjectNode told = reasons.addObject();
            told.put("source", reason.source().wireName())
                    .put("share", reason.share())
                    .put("text", reason.text());
            if (reason.because() != null) {
                told.put("because", reason.because());
            }
        }
        return json;
    }

    private static ObjectNode reflects(Reflects reflects) {
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
