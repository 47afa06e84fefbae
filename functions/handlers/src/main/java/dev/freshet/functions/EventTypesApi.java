package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.check.Sha256;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The answer of {@code GET /v1/event-types}: the types that the stack takes, those of the product
 * and the owner's. It changes only with a deployment, so that clients may keep it.
 */
final class EventTypesApi {
    private static final String MAX_AGE = "private, max-age=300";
    private static final int TAG_BYTES = 8;

    private final ObjectNode body;
    private final EntityTag tag;

    EventTypesApi(EventTypes types, Strengths strengths) {
        body = JsonNodeFactory.instance.objectNode();
        ArrayNode all = body.putArray("types");
        types.all().forEach(type -> all.add(type(type, types, strengths)));
        byte[] hash = Sha256.digest(body.toString());
        tag = new EntityTag('"' + HexFormat.of().formatHex(hash, 0, TAG_BYTES) + '"');
    }

    HttpResponse list(HttpRequest request) {
        return tag.answer(request, () -> HttpResponse.json(200, body))
                .with("Cache-Control", MAX_AGE);
    }

    private static ObjectNode type(EventType type, EventTypes types, Strengths strengths) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", types.nameOf(type)).put("own", type.isOwn());
        ValueKind kind = types.valueKind(type);
        json.put("value", kind.name().toLowerCase(Locale.ROOT));
        if (kind != ValueKind.NONE) {
            json.put("least", kind.least())
                    .put("most", kind.most())
                    .put("needsValue", kind != ValueKind.MONEY);
        }
        json.put(
                "target",
                type == EventType.IMPRESSION
                        ? "items"
                        : types.needsTarget(type) ? "required" : "optional");
        ArrayNode curve = json.putArray("strength");
        strengths
                .points(type)
                .forEach(point -> curve.addArray().add(point.getFirst()).add(point.getLast()));
        return json;
    }
}
