package dev.freshet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Caller;
import dev.freshet.local.function.Invocation;
import java.util.Optional;

/** First request of a new process, and validation of its answer. */
final class FirstAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Caller that the gateway's authorizer would have admitted: a server of the site. */
    private static final Caller CALLER = new Caller.Secret("coldstart000");

    private FirstAnswer() {}

    /**
     * Returns the event that API Gateway's proxy integration passes to the function, for a caller
     * with a secret key.
     *
     * @param body body of {@code POST /v1/recommendations}
     */
    static String event(ObjectNode body, String requestId) {
        ObjectNode event = JSON.createObjectNode();
        event.put("resource", "/v1/recommendations")
                .put("path", "/v1/recommendations")
                .put("httpMethod", "POST");
        event.putObject("headers").put("Content-Type", "application/json");
        event.putObject("multiValueHeaders").putArray("Content-Type").add("application/json");
        event.putNull("queryStringParameters").putNull("pathParameters");
        ObjectNode context = event.putObject("requestContext").put("requestId", requestId);
        context.putObject("identity").put("sourceIp", "127.0.0.1");
        ObjectNode authorizer = context.putObject("authorizer");
        CALLER.toContext().forEach(authorizer::put);
        return event.put("body", body.toString()).put("isBase64Encoded", false).toString();
    }

    /**
     * Returns why an outcome is not valid for the measurement; empty for a 200 from a loaded model,
     * with items and not degraded.
     */
    static Optional<String> fault(Invocation outcome) {
        return switch (outcome) {
            case Invocation.Answer answer -> fault(answer.payload());
            case Invocation.Failed failed -> Optional.of(failed.line());
            case Invocation.TimedOut late ->
                    Optional.of("there was no answer within " + late.afterMs() + " ms");
            case Invocation.Throttled busy -> Optional.of("it was throttled");
        };
    }

    private static Optional<String> fault(String payload) {
        try {
            JsonNode response = JSON.readTree(payload);
            int status = response.path("statusCode").asInt();
            if (status != 200) {
                return Optional.of("it answered " + status + ": " + response.path("body").asText());
            }
            JsonNode body = JSON.readTree(response.path("body").asText());
            if (body.path("model").path("version").asLong() <= 0) {
                return Optional.of("it answered without the model");
            }
            if (body.path("items").isEmpty()) {
                return Optional.of("it answered without items");
            }
            return body.path("degraded").asBoolean()
                    ? Optional.of("it was degraded: " + body.path("degradedReasons"))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("its answer is not JSON");
        }
    }
}
