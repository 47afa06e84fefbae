package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Answer of an authorizer about a valid credential.
 *
 * @param principal owner of the credential
 * @param policy what the credential may call
 * @param context values passed to the function, as text as in API Gateway
 * @param usageKey key by which requests are counted against a usage plan, if the authorizer names
 *     one
 */
record Grant(
        String principal, Policy policy, Map<String, String> context, Optional<String> usageKey) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Grant {
        context = Map.copyOf(context);
    }

    /** Parses the answer; empty if API Gateway would not accept it. */
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
