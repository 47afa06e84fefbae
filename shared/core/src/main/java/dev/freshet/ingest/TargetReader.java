package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.Target;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;

/** Reads what an event refers to: {@code target {kind, id}}, or {@code itemId} for short. */
final class TargetReader {
    private TargetReader() {}

    static Target read(FieldReader<BrokenRule> fields) throws BrokenRule {
        String itemId = fields.identifier("itemId", Identifier.ANY);
        JsonNode node = fields.find("target");
        if (node == null) {
            return itemId == null ? Target.NONE : Target.item(itemId);
        }
        Target.Kind kind =
                Target.Kind.ofWireName(node.path("kind").asText())
                        .orElseThrow(EventRule.MALFORMED_TARGET::broken);
        String id = FieldReader.lenient(node, "", BrokenRule::of).identifier("id", Identifier.ANY);
        BrokenRule.unless((kind == Target.Kind.NONE) == (id == null), EventRule.MALFORMED_TARGET);
        Target target = id == null ? Target.NONE : new Target(kind, id);
        BrokenRule.unless(
                itemId == null || target.equals(Target.item(itemId)), EventRule.MALFORMED_TARGET);
        return target;
    }
}
