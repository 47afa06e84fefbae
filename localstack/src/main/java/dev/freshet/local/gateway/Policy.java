package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An IAM policy as an authorizer returns it, for one action: {@code execute-api:Invoke}. A denial
 * outweighs any grant, and what is not granted is denied. In a resource {@code *} stands for any
 * text, slashes included, and {@code ?} for one character.
 */
final class Policy {

    /** The most resources that one policy may list; API Gateway bounds the policy's size. */
    static final int MOST_RESOURCES = 1_000;

    private static final String ACTION = "execute-api:Invoke";

    private final List<String> granted = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();

    private Policy() {}

    /**
     * Reads a policy document.
     *
     * @throws IllegalArgumentException if it is none: no statements, an effect that is neither
     *     {@code Allow} nor {@code Deny}, conditions, or more resources than {@link
     *     #MOST_RESOURCES}
     */
    static Policy of(JsonNode document) {
        Policy policy = new Policy();
        JsonNode statements = document.path("Statement");
        if (statements.isMissingNode() || statements.isNull()) {
            throw new IllegalArgumentException("a policy has statements");
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
                                    "a statement's effect is Allow or Deny");
                };
        if (statement.has("Condition") || statement.has("NotAction")) {
            throw new IllegalArgumentException("conditions are not understood here");
        }
        boolean invokes = false;
        for (JsonNode action : each(statement.path("Action"))) {
            invokes |= matches(action.asText(), ACTION);
        }
        if (invokes) {
            each(statement.path("Resource")).forEach(resource -> resources.add(resource.asText()));
        }
        if (granted.size() + denied.size() > MOST_RESOURCES) {
            throw new IllegalArgumentException("a policy lists at most " + MOST_RESOURCES);
        }
    }

    private static Iterable<JsonNode> each(JsonNode oneOrMore) {
        return oneOrMore.isArray() ? oneOrMore : List.of(oneOrMore);
    }

    /** Whether a method's ARN may be invoked. */
    boolean allows(String arn) {
        return granted.stream().anyMatch(pattern -> matches(pattern, arn))
                && denied.stream().noneMatch(pattern -> matches(pattern, arn));
    }

    /**
     * Whether a text fits a pattern. Goes back to the last {@code *} only, so it takes at most
     * pattern times text steps.
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
