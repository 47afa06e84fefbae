package dev.freshet.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.function.Invocation;
import java.util.Optional;

/** The first request of a new process and what its answer has to hold in order to count. */
final class FirstAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private FirstAnswer() {}

    /**
     * The event that API Gateway's proxy integration hands to the function.
     *
     * @param body of {@code POST /v1/recommendations}
     */
    static String event(ObjectNode body, String requestId) {
        ObjectNode event = JSON.createObjectNode();
        event.put("resource", "/v1/recommendations")
                .put("path", "/v1/recommendations")
                .put("httpMethod", "POST");
        event.putObject("headers").put("Content-Type", "application/json");
        event.putObject("multiValueHeaders").putArray("Content-Type").add("application/json");
        event.putNull("queryStringParameters").putNull("pathParameters");
        event.putObject("requestContext")
                .put("requestId", requestId)
                .putObject("identity")
                .put("sourceIp", "127.0.0.1");
        return event.put("body", body.toString()).put("isBase64Encoded", false).toString();
    }

    /**
     * Why an outcome does not count, or nothing if it does: a 200 from a loaded model, with items,
     * and nothing left out.
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
                    ? Optional.of("it left out " + body.path("degradedReasons"))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.of("its answer is no JSON");
        }
    }
}
