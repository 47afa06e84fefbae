package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.template.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parser of the authorizers of operations, from the document's security schemes, and of the
 * template's usage plans. A scheme with {@code x-amazon-apigateway-authorizer} is an authorizer;
 * the scheme of the header {@code x-api-key} represents usage plans. IAM signatures are ignored, so
 * operations secured by them only are public in the local cloud. All schemes of an operation are
 * required, as in API Gateway, although OpenAPI defines the entries of the list as alternatives.
 */
record SecurityReader(JsonNode api, Template template, LocalNames names) {
    private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** Default time for which an authorizer's answer is cached, in seconds (AWS: 300). */
    private static final int DEFAULT_SECONDS = 300;

    /** Returns the authorizer of an operation; the first if there are several. */
    Optional<Cloud.Authorizer> authorizer(JsonNode operation) {
        return schemes(operation).stream()
                .filter(scheme -> scheme.has(AUTHORIZER))
                .findFirst()
                .map(this::read);
    }

    /** Returns whether an operation requires a key of a usage plan. */
    boolean keyed(JsonNode operation) {
        return schemes(operation).stream()
                .anyMatch(scheme -> scheme.path("name").asText().equalsIgnoreCase("x-api-key"));
    }

    private List<JsonNode> schemes(JsonNode operation) {
        JsonNode security =
                operation.has("security") ? operation.path("security") : api.path("security");
        List<JsonNode> schemes = new ArrayList<>();
        for (JsonNode together : security) {
            together.forEachEntry(
                    (name, _) ->
                            schemes.add(api.path("components").path("securitySchemes").path(name)));
        }
        return schemes;
    }

    private Cloud.Authorizer read(JsonNode scheme) {
        JsonNode authorizer = scheme.path(AUTHORIZER);
        boolean ofRequests = isOfRequests(scheme, authorizer);
        if (!ofRequests && !authorizer.path("type").asText().equals("token")) {
            throw new LocalCloudException(
                    "The API's authorizer is of type '"
                            + authorizer.path("type").asText()
                            + "'; the local cloud supports only 'token', and 'request' by one"
                            + " header.");
        }
        String function =
                template.behind(authorizer.path("authorizerUri"), FUNCTION)
                        .map(names::name)
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The API's authorizer refers to no function of the"
                                                        + " template."));
        String expression = authorizer.path("identityValidationExpression").asText("");
        return new Cloud.Authorizer(
                function,
                scheme.path("name").asText(),
                expression.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(expression)),
                ofRequests,
                Duration.ofSeconds(
                        authorizer.path("authorizerResultTtlInSeconds").asInt(DEFAULT_SECONDS)));
    }

    /** Returns whether an authorizer is one of an HTTP API that is asked by the scheme's header. */
    private static boolean isOfRequests(JsonNode scheme, JsonNode authorizer) {
        return authorizer.path("type").asText().equals("request")
                && authorizer
                        .path("identitySource")
                        .asText()
                        .equals("$request.header." + scheme.path("name").asText());
    }

    /** Returns the template's usage plans that have a rate limit. */
    static List<Cloud.UsagePlan> usagePlans(Template template, LocalNames names) {
        List<Cloud.UsagePlan> plans = new ArrayList<>();
        for (String id : template.ofType("AWS::ApiGateway::UsagePlan")) {
            JsonNode properties = template.properties(id);
            JsonNode throttle = properties.path("Throttle");
            if (throttle.has("RateLimit")) {
                JsonNode name = properties.path("UsagePlanName");
                plans.add(
                        new Cloud.UsagePlan(
                                name.isMissingNode() ? names.name(id) : names.text(name),
                                throttle.path("RateLimit").asDouble(),
                                throttle.path("BurstLimit").asInt()));
            }
        }
        return plans;
    }
}
