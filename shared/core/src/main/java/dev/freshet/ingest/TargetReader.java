package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.Target;

/** What an event points at: {@code target {kind, id}}, or {@code itemId} for short. */
final class TargetReader {
    private TargetReader() {}

    static Target read(JsonNode json) throws BrokenRule {
        String itemId = EventMembers.id(json, "itemId");
        JsonNode said = EventMembers.find(json, "target");
        if (said == null) {
            return itemId == null ? Target.NONE : Target.item(itemId);
        }
        Target.Kind kind =
                Target.Kind.ofWireName(said.path("kind").asText())
                        .orElseThrow(EventRule.MALFORMED_TARGET::broken);
        String id = EventMembers.id(said, "id");
        EventMembers.require(
                (kind == Target.Kind.NONE) == (id == null), EventRule.MALFORMED_TARGET);
        Target target = id == null ? Target.NONE : new Target(kind, id);
        EventMembers.require(
                itemId == null || target.equals(Target.item(itemId)), EventRule.MALFORMED_TARGET);
        return target;
    }
}
