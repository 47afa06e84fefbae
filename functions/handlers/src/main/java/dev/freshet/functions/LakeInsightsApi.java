package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.lake.LakeAnswer;
import dev.freshet.lake.LakeAnswers;
import dev.freshet.lake.NamedQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operations that answer what the lake said last night: results are kept, so that a request
 * reads an object and no query runs, or is charged, for a caller.
 */
final class LakeInsightsApi {
    private final Optional<LakeAnswers> answers;

    /**
     * Makes the operations.
     *
     * @param answers empty if the stack has no lake
     */
    LakeInsightsApi(Optional<LakeAnswers> answers) {
        this.answers = answers;
    }

    Map<String, HttpHandler.OperationHandler> operations() {
        return Map.of("listLakeQueries", this::list, "getLakeAnswer", this::latest);
    }

    private HttpResponse list(HttpRequest request) {
        request.requireNoParameters();
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("lake", answers.isPresent());
        ArrayNode queries = body.putArray("queries");
        for (NamedQuery query : LakeAnswers.QUERIES) {
            queries.addObject().put("name", query.queryName()).put("question", query.question());
        }
        return InsightsResponse.of(request, body, "queries");
    }

    private HttpResponse latest(HttpRequest request) {
        request.requireNoParameters();
        String name = request.pathParameters().getOrDefault("query", "");
        NamedQuery query =
                NamedQuery.ofName(name)
                        .filter(LakeAnswers.QUERIES::contains)
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "unknown-query",
                                                "No query that is asked each night has this"
                                                        + " name; GET /v1/insights/lake"
                                                        + " lists them."));
        LakeAnswer answer =
                answers.flatMap(lake -> lake.latest(query))
                        .orElseThrow(
                                () ->
                                        ProblemException.of(
                                                404,
                                                "no-answer-yet",
                                                answers.isEmpty()
                                                        ? "The stack has no lake; the option"
                                                                + " lake=true makes one."
                                                        : "The lake was not asked yet: a"
                                                                + " deployed one is each"
                                                                + " night, a local one by"
                                                                + " 'freshet lake settle'."));
        return InsightsResponse.of(request, json(query, answer), "rows");
    }

    private static ObjectNode json(NamedQuery query, LakeAnswer answer) {
        ObjectNode body =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("name", query.queryName())
                        .put("question", query.question())
                        .put("askedAt", answer.askedAt().toString())
                        .put("days", LakeAnswers.DAYS)
                        .put("whole", answer.isWhole());
        ArrayNode columns = body.putArray("columns");
        answer.columns().forEach(columns::add);
        ArrayNode rows = body.putArray("rows");
        for (List<@Nullable String> values : answer.rows()) {
            ObjectNode row = rows.addObject();
            for (int i = 0; i < Math.min(values.size(), answer.columns().size()); i++) {
                row.put(answer.columns().get(i), values.get(i));
            }
        }
        return body;
    }
}
