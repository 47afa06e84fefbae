package dev.freshet.local.localstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.Options;
import dev.freshet.template.Template;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of a synthesized template that LocalStack's free edition can create. These are left out:
 *
 * <ul>
 *   <li>API Gateway: the free edition runs no authorizers, so no request would be admitted. {@code
 *       dev.freshet.local.gateway} answers in its place.
 *   <li>The layer of the embedder: the free edition stores layers without mounting them. Items are
 *       then not embedded.
 *   <li>The dashboard, of a type that it does not know.
 *   <li>Alarms, permissions and outputs that refer to one of these.
 * </ul>
 *
 * @param template the remaining template
 * @param leftOut number of resources left out, by type
 * @see <a href="https://docs.localstack.cloud/aws/licensing/">LocalStack's coverage by edition</a>
 */
record LocalStackTemplate(JsonNode template, Map<String, Integer> leftOut) {
    private static final Set<String> NOT_CREATED =
            Set.of("AWS::Lambda::LayerVersion", "AWS::CloudWatch::Dashboard");
    private static final String API_GATEWAY = "AWS::ApiGateway::";
    private static final String FUNCTION = "AWS::Lambda::Function";

    /** The types that have no use without what they refer to. */
    private static final Set<String> DEPENDENT =
            Set.of(
                    "AWS::Lambda::Permission",
                    "AWS::CloudWatch::Alarm",
                    "AWS::CloudWatch::CompositeAlarm");

    /**
     * Returns the part of a template that can be created.
     *
     * @throws IllegalArgumentException if another resource refers to one that is left out
     */
    static LocalStackTemplate of(JsonNode synthesized) {
        ObjectNode template = synthesized.deepCopy();
        ObjectNode resources = (ObjectNode) template.path("Resources");
        Set<String> missing = new TreeSet<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            String type = type(resource.getValue());
            if (type.startsWith(API_GATEWAY) || NOT_CREATED.contains(type)) {
                missing.add(resource.getKey());
            }
        }
        withoutLayers(resources);
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            JsonNode properties = resource.getValue().path("Properties");
            if (DEPENDENT.contains(type(resource.getValue())) && refers(properties, missing)) {
                missing.add(resource.getKey());
            }
        }
        for (String id : missing) {
            leftOut.merge(type(resources.path(id)), 1, Integer::sum);
            resources.remove(id);
        }
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            if (refers(resource.getValue().path("Properties"), missing)) {
                throw new IllegalArgumentException(
                        "The resource "
                                + resource.getKey()
                                + " refers to one that LocalStack's free edition cannot create.");
            }
            withoutDependencies((ObjectNode) resource.getValue(), missing);
        }
        if (template.path("Outputs") instanceof ObjectNode outputs) {
            outputs.removeIf(output -> refers(output, missing));
        }
        return new LocalStackTemplate(template, leftOut);
    }

    private static String type(JsonNode resource) {
        return resource.path("Type").asText();
    }

    /** Removes the layers of functions, and the embedder that needs them. */
    private static void withoutLayers(ObjectNode resources) {
        for (JsonNode resource : resources) {
            if (type(resource).equals(FUNCTION) && resource.path("Properties").has("Layers")) {
                ((ObjectNode) resource.path("Properties")).remove("Layers");
                JsonNode variables = resource.at("/Properties/Environment/Variables");
                if (variables.has("FRESHET_EMBEDDER")) {
                    ((ObjectNode) variables).put("FRESHET_EMBEDDER", Options.NO_EMBEDDER);
                }
            }
        }
    }

    private static void withoutDependencies(ObjectNode resource, Set<String> missing) {
        if (resource.path("DependsOn") instanceof ArrayNode all) {
            all.removeIf(id -> missing.contains(id.asText()));
        } else if (missing.contains(resource.path("DependsOn").asText())) {
            resource.remove("DependsOn");
        }
    }

    /** Returns whether a part of a template refers to one of these resources. */
    private static boolean refers(JsonNode part, Set<String> ids) {
        return Template.references(part).stream().anyMatch(ids::contains);
    }
}
