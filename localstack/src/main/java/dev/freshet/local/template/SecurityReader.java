package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.host.LocalCloudException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads who guards an operation, from the document's security schemes, and the template's usage
 * plans. A scheme with {@code x-amazon-apigateway-authorizer} is an authorizer; the scheme of the
 * header {@code x-api-key} stands for usage plans. Signatures (IAM) are not looked at: what only
 * they guard is open here. All that an operation names is wanted, as by API Gateway, though OpenAPI
 * calls entries of that list alternatives.
 */
final class SecurityReader {

    private static final String AUTHORIZER = "x-amazon-apigateway-authorizer";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** Seconds that an authorizer's answer is remembered where nothing is said (AWS: 300). */
    private static final int USUAL_SECONDS = 300;

    private final JsonNode api;
    private final Resources resources;

    SecurityReader(JsonNode api, Resources resources) {
        this.api = api;
        this.resources = resources;
    }

    /** The authorizer of an operation; the first, where several are named. */
    Optional<Cloud.Authorizer> authorizer(JsonNode operation) {
        return schemes(operation).stream()
                .filter(scheme -> scheme.has(AUTHORIZER))
                .findFirst()
                .map(this::read);
    }

    /** Whether an operation asks for a key of a usage plan. */
    boolean keyed(JsonNode operation) {
        return schemes(operation).stream()
                .anyMatch(scheme -> scheme.path("name").asText().equalsIgnoreCase("x-api-key"));
    }

    private List<JsonNode> schemes(JsonNode operation) {
        JsonNode security =
                operation.has("security") ? operation.path("security") : api.path("security");
        List<JsonNode> schemes = new ArrayList<>();
        for (JsonNode together : security) {
            together.fieldNames()
                    .forEachRemaining(
                            name ->
                                    schemes.add(
                                            api.path("components")
                                                    .path("securitySchemes")
                                                    .path(name)));
        }
        return schemes;
    }

    private Cloud.Authorizer read(JsonNode scheme) {
        JsonNode authorizer = scheme.path(AUTHORIZER);
        if (!authorizer.path("type").asText().equals("token")) {
            throw new LocalCloudException(
                    "The API's authorizer is of type '"
                            + authorizer.path("type").asText()
                            + "'; the local cloud understands 'token'.");
        }
        String function =
                resources
                        .behind(authorizer.path("authorizerUri"), FUNCTION)
                        .map(resources::name)
                        .orElseThrow(
                                () ->
                                        new LocalCloudException(
                                                "The API's authorizer names no function of the"
                                                        + " template."));
        String expression = authorizer.path("identityValidationExpression").asText("");
        return new Cloud.Authorizer(
                function,
                scheme.path("name").asText(),
                expression.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(expression)),
                Duration.ofSeconds(
                        authorizer.path("authorizerResultTtlInSeconds").asInt(USUAL_SECONDS)));
    }

    /** The template's usage plans that say a rate. */
    static List<Cloud.UsagePlan> usagePlans(Resources resources) {
        List<Cloud.UsagePlan> plans = new ArrayList<>();
        for (String id : resources.ofType("AWS::ApiGateway::UsagePlan")) {
            JsonNode properties = resources.properties(id);
            JsonNode throttle = properties.path("Throttle");
            if (throttle.has("RateLimit")) {
                JsonNode name = properties.path("UsagePlanName");
                plans.add(
                        new Cloud.UsagePlan(
                                name.isMissingNode() ? resources.name(id) : resources.text(name),
                                throttle.path("RateLimit").asDouble(),
                                throttle.path("BurstLimit").asInt()));
            }
        }
        return plans;
    }
}
