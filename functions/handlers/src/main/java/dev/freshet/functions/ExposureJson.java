package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.ExposureOutcome;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.model.signal.SignalFamilies;
import java.util.Locale;

/** JSON encoding of lists shown, in exports. */
final class ExposureJson {
    private ExposureJson() {}

    static ObjectNode of(StoredExposure row) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", row.userId())
                        .put("listId", row.listId())
                        .put("issuedAt", row.issuedAt().toString())
                        .put("receivedAt", row.receivedAt().toString());
        ShownList list = row.list();
        if (list != null) {
            json.put("placement", list.placement()).put("modelVersion", list.modelVersion());
            ArrayNode arms = json.putArray("arms");
            list.arms().forEach(arm -> arms.add(arm.label()));
            if (list.segment() != null) {
                json.put("segment", list.segment());
            }
            ArrayNode shadows = json.putArray("shadows");
            list.shadows().forEach(shadow -> shadows.add(shadow.label()));
            ArrayNode items = json.putArray("items");
            list.places().stream()
                    .filter(place -> !place.isAbove())
                    .forEach(place -> items.add(place(place)));
        }
        ShardPosition owner = row.owner();
        if (owner != null) {
            json.put("record", owner.toString());
        }
        ArrayNode outcomes = json.putArray("outcomes");
        row.outcomes().forEach(outcome -> outcomes.add(outcome(outcome)));
        return json;
    }

    private static ObjectNode place(ShownList.Place place) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("itemId", place.itemId())
                        .put("propensity", place.propensity())
                        .put("seen", place.seen())
                        .put("drawn", place.drawn())
                        .put("newcomer", place.newcomer());
        ArrayNode ratios = json.putArray("logRatios");
        place.logRatios().forEach(ratios::add);
        ArrayNode sources = json.putArray("sources");
        for (int index = 0; index < SignalFamilies.SOURCES; index++) {
            if ((place.sources() >>> index & 1) == 1) {
                sources.add(SignalFamilies.source(index).wireName());
            }
        }
        return json;
    }

    private static ObjectNode outcome(ExposureOutcome outcome) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("event", outcome.event())
                .put("kind", outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("position", outcome.position())
                .put("seconds", outcome.seconds())
                .put("record", outcome.owner().toString());
    }
}
