package dev.freshet.functions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.experiment.Experiment;
import dev.freshet.experiment.ExperimentReader;
import dev.freshet.experiment.definition.ExperimentDefinition;
import dev.freshet.experiment.definition.ExperimentRegistry;
import dev.freshet.experiment.definition.StoredRule;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.query.InvalidQueryException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The operations on definitions of experiments. A definition that breaks a rule by itself is
 * answered with 400, one that is refused because of what is stored with 409.
 */
final class ExperimentsApi {
    private final ExperimentRegistry registry;
    private final EventTypes types;

    ExperimentsApi(ExperimentRegistry registry, EventTypes types) {
        this.registry = registry;
        this.types = types;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of(
                "putExperiment", this::put,
                "getExperiment", this::get,
                "deleteExperiment", this::delete,
                "listExperiments", request -> list());
    }

    private HttpResponse put(HttpRequest request) {
        String id = checkedId(request);
        ExperimentDefinition next =
                ExperimentDefinition.read(request.jsonBytes(ExperimentReader.MAX_BYTES), types);
        if (!next.id().equals(id)) {
            throw ProblemException.of(
                    400, "other-id", "The id of the definition differs from the one in the path.");
        }
        try {
            registry.put(next);
        } catch (InvalidQueryException refused) {
            throw conflict(refused);
        }
        Experiment stored = next.experiment();
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", stored.id())
                        .put("version", stored.version())
                        .put("status", stored.status().wireName());
        return HttpResponse.json(200, body);
    }

    private HttpResponse get(HttpRequest request) throws MalformedJsonException {
        ExperimentDefinition found =
                registry.find(checkedId(request))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-experiment",
                                                "There is no experiment of this id."));
        return HttpResponse.json(200, document(found));
    }

    private HttpResponse list() throws MalformedJsonException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode experiments = body.putArray("experiments");
        for (ExperimentDefinition definition : registry.all()) {
            experiments.add(document(definition));
        }
        return HttpResponse.json(200, body);
    }

    private HttpResponse delete(HttpRequest request) {
        try {
            registry.delete(checkedId(request));
        } catch (InvalidQueryException refused) {
            throw conflict(refused);
        }
        return HttpResponse.noContent();
    }

    private static JsonNode document(ExperimentDefinition definition)
            throws MalformedJsonException {
        return StrictJson.read(definition.document().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the id of an experiment in a path.
     *
     * @throws ProblemException 400 if it can be none
     */
    static String checkedId(HttpRequest request) {
        String id = request.pathParameter("id");
        if (!Identifier.ANY.accepts(id) || StoredRule.isRule(id)) {
            throw ProblemException.of(
                    400,
                    "bad-experiment-id",
                    "id must be a text of " + Identifier.ANY.rule() + ".");
        }
        return id;
    }

    private static ProblemException conflict(InvalidQueryException refused) {
        return ProblemException.of(409, refused.code(), String.valueOf(refused.getMessage()));
    }
}
