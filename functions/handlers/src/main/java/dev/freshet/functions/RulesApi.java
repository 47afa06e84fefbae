package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.definition.RuleRegistry;
import dev.freshet.experiment.definition.StoredRule;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.NamedRule;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The operations on named rules. */
final class RulesApi {
    private final RuleRegistry registry;
    private final EventTypes types;

    RulesApi(RuleRegistry registry, EventTypes types) {
        this.registry = registry;
        this.types = types;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "putRule", this::put,
                "getRule", this::get,
                "deleteRule", this::delete,
                "listRules", request -> list());
    }

    private HttpResponse put(HttpRequest request) {
        String name = checkedName(request);
        byte[] document = request.jsonBytes(NamedRule.MAX_BYTES);
        NamedRule rule = NamedRule.read(name, document, types);
        if (!registry.put(name, new String(document, StandardCharsets.UTF_8))) {
            throw ProblemException.of(
                    409,
                    "too-many-rules",
                    "The stack has %d rules; delete one first.".formatted(RuleRegistry.MOST));
        }
        return HttpResponse.json(
                200,
                JsonNodeFactory.instance.objectNode().put("name", name).put("nodes", rule.nodes()));
    }

    private HttpResponse get(HttpRequest request) throws MalformedJsonException {
        StoredRule found =
                registry.find(checkedName(request))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-rule",
                                                "There is no rule of this name."));
        return HttpResponse.json(200, StrictJson.read(bytes(found)));
    }

    private HttpResponse list() throws MalformedJsonException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = body.putArray("rules");
        for (StoredRule stored : registry.all()) {
            rules.addObject()
                    .put("name", stored.name())
                    .set("rule", StrictJson.read(bytes(stored)));
        }
        return HttpResponse.json(200, body);
    }

    private HttpResponse delete(HttpRequest request) {
        registry.delete(checkedName(request));
        return HttpResponse.noContent();
    }

    private static byte[] bytes(StoredRule rule) {
        return rule.document().getBytes(StandardCharsets.UTF_8);
    }

    private static String checkedName(HttpRequest request) {
        String name = request.pathParameter("id");
        if (!NamedRule.isName(name)) {
            throw ProblemException.of(
                    400,
                    "bad-rule-name",
                    "The name of a rule has 1 to 64 letters, digits, hyphens, underscores"
                            + " and points.");
        }
        return name;
    }
}
