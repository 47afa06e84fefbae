package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An IAM policy returned by an authorizer, for the action {@code execute-api:Invoke}. A denial
 * overrides any grant, and everything not granted is denied. In a resource {@code *} matches any
 * text, slashes included, and {@code ?} matches one character.
 */
final class Policy {

    /** Maximum number of resources of one policy; API Gateway limits the policy's size. */
    static final int MAX_RESOURCES = 1_000;

    private static final String ACTION = "execute-api:Invoke";

    private final List<String> granted = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();

    private Policy() {}

    /**
     * Parses a policy document.
     *
     * @throws IllegalArgumentException if it is invalid: no statements, an effect that is neither
     *     {@code Allow} nor {@code Deny}, conditions, or more resources than {@link #MAX_RESOURCES}
     */
    static Policy of(JsonNode document) {
        Policy policy = new Policy();
        JsonNode statements = document.path("Statement");
        if (statements.isMissingNode() || statements.isNull()) {
            throw new IllegalArgumentException("a policy must have statements");
        }
        for (JsonNode statement : each(statements)) {
            policy.add(statement);
        }
        return policy;
    }

    private void add(JsonNode statement) {
        List<String> resources =
                switch (statement.path("Effect").asText()) {
                    case "Allow" -> granted;
                    case "Deny" -> denied;
                    default ->
                            throw new IllegalArgumentException(
                                    "a statement's effect must be Allow or Deny");
                };
        if (statement.has("Condition") || statement.has("NotAction")) {
            throw new IllegalArgumentException("conditions are not supported");
        }
        boolean invokes = false;
        for (JsonNode action : each(statement.path("Action"))) {
            invokes |= matches(action.asText(), ACTION);
        }
        if (invokes) {
            each(statement.path("Resource")).forEach(resource -> resources.add(resource.asText()));
        }
        if (granted.size() + denied.size() > MAX_RESOURCES) {
            throw new IllegalArgumentException("a policy lists at most " + MAX_RESOURCES);
        }
    }

    private static Iterable<JsonNode> each(JsonNode oneOrMore) {
        return oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore);
    }

    /** Returns whether the policy allows invoking the method with this ARN. */
    boolean allows(String arn) {
        return granted.stream().anyMatch(pattern -> matches(pattern, arn))
                && denied.stream().noneMatch(pattern -> matches(pattern, arn));
    }

    /**
     * Returns whether a text matches a pattern. Backtracks to the last {@code *} only, so it takes
     * at most |pattern| · |text| steps.
     */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length()
                    && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
