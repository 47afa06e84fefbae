package dev.freshet.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * An AWS service that takes every operation as a JSON document, without the SDK's client of it.
 *
 * @param http signs for the service
 * @param prefix what stands in front of the name of an operation, such as {@code AmazonAthena}
 * @param headers of every request, besides the name of the operation
 */
public record JsonService(SignedHttp http, String prefix, Map<String, String> headers) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int OK = 200;

    /**
     * Creates a service of the protocol AWS JSON.
     *
     * @param version the version of the protocol, 1.0 or 1.1
     */
    public JsonService(SignedHttp http, String prefix, String version) {
        this(http, prefix, Map.of("Content-Type", "application/x-amz-json-" + version));
    }

    /** The service refused a request. */
    public static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String code;

        RefusedException(int status, String code, String message) {
            super("status %d %s: %s".formatted(status, code, message));
            this.code = code;
        }

        /** Returns the name of the error, such as {@code EntityNotFoundException}. */
        public String code() {
            return code;
        }
    }

    /**
     * Sends one request.
     *
     * @throws RefusedException if the service answers with an error
     * @throws IOException if there is no answer, or none that is JSON
     */
    public JsonNode call(String operation, JsonNode request) throws IOException {
        Map<String, String> all = new HashMap<>(headers);
        all.put("X-Amz-Target", prefix + "." + operation);
        SignedHttp.Response response = http.post("/", all, request.toString());
        JsonNode body = parsed(response);
        if (response.status() != OK) {
            String type = body.path("__type").asText("error");
            throw new RefusedException(
                    response.status(),
                    type.substring(type.indexOf('#') + 1),
                    body.path("message").asText(body.path("Message").asText()));
        }
        return body;
    }

    private static JsonNode parsed(SignedHttp.Response response) throws IOException {
        try {
            return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (JsonProcessingException notJson) {
            throw new IOException(
                    "the answer of status %d is not JSON".formatted(response.status()), notJson);
        }
    }
}
