package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an authorizer answered about a credential.
 *
 * @param principal whose it is
 * @param policy what may be called with it
 * @param context handed on to the function; values as text, as API Gateway hands them on
 * @param usageKey by which the requests are counted, where it said one
 */
record Grant(
        String principal, Policy policy, Map<String, String> context, Optional<String> usageKey) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Grant {
        context = Map.copyOf(context);
    }

    /** The answer as a value; empty if it is none that API Gateway would take. */
    static Optional<Grant> read(String payload) {
        try {
            JsonNode answer = JSON.readTree(payload);
            String principal = answer.path("principalId").asText("");
            if (principal.isEmpty()) {
                return Optional.empty();
            }
            Map<String, String> context = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : answer.path("context").properties()) {
                if (!entry.getValue().isValueNode()) {
                    return Optional.empty();
                }
                if (!entry.getValue().isNull()) {
                    context.put(entry.getKey(), entry.getValue().asText());
                }
            }
            JsonNode usageKey = answer.path("usageIdentifierKey");
            return Optional.of(
                    new Grant(
                            principal,
                            Policy.of(answer.path("policyDocument")),
                            context,
                            usageKey.isTextual()
                                    ? Optional.of(usageKey.asText())
                                    : Optional.empty()));
        } catch (JsonProcessingException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
