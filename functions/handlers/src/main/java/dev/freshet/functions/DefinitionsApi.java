package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.ExperimentRegistry;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.experiment.StoredDefinition.Change;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations on definitions of experiments and on named rules. A definition that breaks a rule
 * by itself is answered with 400, one that is refused because of what is stored with 409.
 */
record DefinitionsApi(ExperimentRegistry registry) {
    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "listExperimentChanges",
                this::changes,
                "putExperiment",
                this::putExperiment,
                "getExperiment",
                this::experiment,
                "deleteExperiment",
                request -> delete(checkedId(request)),
                "listExperiments",
                _ -> experiments(),
                "putRule",
                this::putRule,
                "getRule",
                this::rule,
                "deleteRule",
                request -> delete(StoredDefinition.idOfRule(checkedName(request))),
                "listRules",
                _ -> rules());
    }

    private HttpResponse putExperiment(HttpRequest request) {
        String id = checkedId(request);
        byte[] document = document(request, ExperimentReader.MAX_BYTES);
        Experiment next = ExperimentReader.read(document, registry.types());
        if (!next.id().equals(id)) {
            throw ProblemException.of(
                    400, "other-id", "The id of the definition differs from the one in the path.");
        }
        changed(
                () ->
                        registry.put(
                                next,
                                new String(document, StandardCharsets.UTF_8),
                                request.caller().text()));
        ObjectNode stored =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", next.id())
                        .put("version", next.version())
                        .put("status", next.status().wireName());
        next.warnings().forEach(stored.withArray("warnings")::add);
        return HttpResponse.json(200, stored);
    }

    private HttpResponse putRule(HttpRequest request) {
        String name = checkedName(request);
        byte[] document = document(request, NamedRule.MAX_BYTES);
        NamedRule rule = NamedRule.read(name, document, registry.types());
        changed(() -> registry.putRule(name, new String(document, StandardCharsets.UTF_8)));
        return HttpResponse.json(
                200,
                JsonNodeFactory.instance.objectNode().put("name", name).put("nodes", rule.nodes()));
    }

    /** Returns the body as it is stored: without members that are null. */
    private static byte[] document(HttpRequest request, int maxBytes) {
        return request.json(maxBytes).toString().getBytes(StandardCharsets.UTF_8);
    }

    private HttpResponse delete(String id) {
        changed(() -> registry.delete(id));
        return HttpResponse.noContent();
    }

    private static void changed(Runnable change) {
        try {
            change.run();
        } catch (InvalidQueryException refused) {
            throw ProblemException.of(409, refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private HttpResponse experiment(HttpRequest request) {
        return HttpResponse.json(200, document(known(request)));
    }

    /** Returns the changes of an experiment, the latest first. */
    private HttpResponse changes(HttpRequest request) {
        request.requireNoParameters();
        List<Change> changes = known(request).changes().reversed();
        return InsightsResponse.of(request, Map.of("changes", changes), "changes");
    }

    private StoredDefinition known(HttpRequest request) {
        return found(
                registry.find(checkedId(request)),
                "unknown-experiment",
                "There is no experiment of this id.");
    }

    private HttpResponse rule(HttpRequest request) {
        StoredDefinition rule =
                found(
                        registry.find(StoredDefinition.idOfRule(checkedName(request))),
                        "unknown-rule",
                        "There is no rule of this name.");
        return HttpResponse.json(200, document(rule));
    }

    private static StoredDefinition found(
            Optional<StoredDefinition> stored, String code, String unknown) {
        return stored.orElseThrow(() -> ProblemException.of(404, code, unknown));
    }

    private HttpResponse experiments() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode experiments = body.putArray("experiments");
        registry.experiments().forEach(one -> experiments.add(document(one)));
        return HttpResponse.json(200, body);
    }

    private HttpResponse rules() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rules = body.putArray("rules");
        for (StoredDefinition rule : registry.rules()) {
            rules.addObject().put("name", rule.ruleName()).set("rule", document(rule));
        }
        return HttpResponse.json(200, body);
    }

    private static JsonNode document(StoredDefinition stored) {
        try {
            return StrictJson.read(stored.bytes());
        } catch (MalformedJsonException broken) {
            throw new IllegalStateException("a stored definition is no JSON", broken);
        }
    }

    /**
     * Returns the id of an experiment in a path.
     *
     * @throws ProblemException 400 if it can be none
     */
    static String checkedId(HttpRequest request) {
        String id = request.pathParameter("id");
        if (!ExperimentReader.isName(id)) {
            throw ProblemException.of(
                    400,
                    "bad-experiment-id",
                    "id has 1 to 48 characters: letters, digits, '.', '_' and '-'.");
        }
        return id;
    }

    private static String checkedName(HttpRequest request) {
        String name = request.pathParameter("id");
        if (!NamedRule.isName(name)) {
            throw ProblemException.of(
                    400,
                    "bad-rule-name",
                    "The name of a rule has 1 to 64 letters, digits, hyphens, underscores"
                            + " and points, and is neither '.' nor '..'.");
        }
        return name;
    }
}
