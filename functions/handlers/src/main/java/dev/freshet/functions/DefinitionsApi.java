package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.experiment.DefinitionRegistry;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.StoredDefinition;
import dev.freshet.experiment.StoredDefinition.Change;
import dev.freshet.functions.HttpHandler.OperationHandler;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.NamedRule;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The operations on definitions. A definition that breaks a rule by itself is answered with 400,
 * one that is refused because of what is stored with 409.
 */
record DefinitionsApi(DefinitionRegistry registry) {
    static final Resource EXPERIMENTS =
            new Resource(
                    DefinitionKind.EXPERIMENT,
                    "id",
                    ExperimentReader::isName,
                    "id has 1 to 48 characters: letters, digits, '.', '_' and '-'.",
                    DefinitionsApi::document);

    private static final Resource RULES =
            new Resource(
                    DefinitionKind.RULE,
                    "name",
                    NamedRule::isName,
                    "The name of a rule has 1 to 64 letters, digits, hyphens, underscores"
                            + " and points, and is neither '.' nor '..'.",
                    rule ->
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("name", rule.name())
                                    .set("rule", document(rule)));

    /**
     * A kind of definition as its routes have it.
     *
     * @param word for the last part of a path
     * @param isName whether a text can be that part
     * @param names what it is made of, for those who sent another one
     * @param row of the list of all
     */
    record Resource(
            DefinitionKind kind,
            String word,
            Predicate<String> isName,
            String names,
            Function<StoredDefinition, JsonNode> row) {
        /**
         * Returns the name in a path.
         *
         * @throws ProblemException 400 if it can be none
         */
        String name(HttpRequest request) {
            String name = request.pathParameter("id");
            if (!isName.test(name)) {
                throw ProblemException.of(400, "bad-" + kind.singular() + "-" + word, names);
            }
            return name;
        }
    }

    Map<String, OperationHandler> operations() {
        Map<String, OperationHandler> all = new HashMap<>();
        addTo(all, "Experiment", EXPERIMENTS, this::putExperiment);
        addTo(all, "Rule", RULES, this::putRule);
        all.put("listExperimentChanges", this::changes);
        return Map.copyOf(all);
    }

    private void addTo(
            Map<String, OperationHandler> all,
            String one,
            Resource resource,
            OperationHandler put) {
        all.put("put" + one, put);
        all.put(
                "get" + one,
                request -> HttpResponse.json(200, document(stored(resource, request))));
        all.put("delete" + one, request -> delete(resource, request));
        all.put("list" + one + "s", _ -> list(resource));
    }

    private HttpResponse putExperiment(HttpRequest request) {
        String id = EXPERIMENTS.name(request);
        byte[] document = document(request);
        Experiment next = ExperimentReader.read(document, registry.types());
        if (!next.id().equals(id)) {
            throw ProblemException.of(
                    400, "other-id", "The id of the definition differs from the one in the path.");
        }
        changed(() -> registry.put(next, text(document), request.caller().text()));
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
        String name = RULES.name(request);
        byte[] document = document(request);
        NamedRule rule = NamedRule.read(name, document, registry.types());
        changed(() -> registry.put(DefinitionKind.RULE, name, text(document)));
        return HttpResponse.json(
                200,
                JsonNodeFactory.instance.objectNode().put("name", name).put("nodes", rule.nodes()));
    }

    /** Returns the body as it is stored: without members that are null. */
    private static byte[] document(HttpRequest request) {
        return request.json(Definition.MAX_BYTES).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    private HttpResponse delete(Resource resource, HttpRequest request) {
        String name = resource.name(request);
        changed(() -> registry.delete(resource.kind(), name));
        return HttpResponse.noContent();
    }

    private static void changed(Runnable change) {
        try {
            change.run();
        } catch (InvalidQueryException refused) {
            throw ProblemException.of(409, refused.code(), String.valueOf(refused.getMessage()));
        }
    }

    private HttpResponse list(Resource resource) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray(resource.kind().plural());
        registry.all(resource.kind()).forEach(stored -> rows.add(resource.row().apply(stored)));
        return HttpResponse.json(200, body);
    }

    /** Returns the changes of an experiment, the latest first. */
    private HttpResponse changes(HttpRequest request) {
        request.requireNoParameters();
        List<Change> changes = stored(EXPERIMENTS, request).changes().reversed();
        return InsightsResponse.of(request, Map.of("changes", changes), "changes");
    }

    private StoredDefinition stored(Resource resource, HttpRequest request) {
        String kind = resource.kind().singular();
        return registry.find(resource.kind(), resource.name(request))
                .orElseThrow(
                        () ->
                                ProblemException.of(
                                        404,
                                        "unknown-" + kind,
                                        "There is no %s of this %s."
                                                .formatted(kind, resource.word())));
    }

    private static JsonNode document(StoredDefinition stored) {
        try {
            return StrictJson.read(stored.bytes());
        } catch (MalformedJsonException broken) {
            throw new IllegalStateException("a stored definition is no JSON", broken);
        }
    }
}
