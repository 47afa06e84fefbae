package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.host.LocalCloudException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources of a template by logical id, and the evaluation of CloudFormation's intrinsic
 * functions on them: {@code Ref}, {@code Fn::GetAtt} (names and ARNs), {@code Fn::Sub}, {@code
 * Fn::Join}, {@code Fn::Select} and {@code Fn::Split}.
 */
final class Resources {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
    private static final Pattern CDK_HASH = Pattern.compile("[0-9A-F]{8}$");

    private final JsonNode resources;
    private final JsonNode parameters;

    Resources(JsonNode template) {
        this.resources = template.path("Resources");
        this.parameters = template.path("Parameters");
        if (!resources.isObject()) {
            throw new LocalCloudException(
                    "The template contains no resources: run './mvnw -q package -DskipTests' again.");
        }
    }

    /** Returns the logical ids of all resources of these types, in the template's order. */
    List<String> ofType(String... types) {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            if (List.of(types).contains(resource.getValue().path("Type").asText())) {
                ids.add(resource.getKey());
            }
        }
        return ids;
    }

    JsonNode properties(String id) {
        return resources.path(id).path("Properties");
    }

    String type(String id) {
        return resources.path(id).path("Type").asText();
    }

    /**
     * Returns the first resource of the type that the node refers to, directly or through others
     * such as an alias.
     */
    Optional<String> behind(JsonNode node, String type) {
        Deque<JsonNode> open = new ArrayDeque<>(List.of(node));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (String id : references(open.removeFirst())) {
                if (type(id).equals(type)) {
                    return Optional.of(id);
                }
                if (seen.add(id)) {
                    open.add(properties(id));
                }
            }
        }
        return Optional.empty();
    }

    private Set<String> references(JsonNode node) {
        Set<String> ids = new LinkedHashSet<>();
        collect(node, ids);
        ids.retainAll(new HashSet<>(fieldNames()));
        return ids;
    }

    private List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        resources.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void collect(JsonNode node, Set<String> ids) {
        if (node.has("Ref")) {
            ids.add(node.path("Ref").asText());
        }
        JsonNode attribute = node.path("Fn::GetAtt");
        if (!attribute.isMissingNode()) {
            ids.add(
                    attribute.isArray()
                            ? attribute.path(0).asText()
                            : attribute.asText().split("\\.", 2)[0]);
        }
        JsonNode substitution = node.path("Fn::Sub");
        JsonNode text = substitution.isArray() ? substitution.path(0) : substitution;
        if (text.isTextual()) {
            VARIABLE.matcher(text.asText())
                    .results()
                    .forEach(found -> ids.add(found.group(1).split("\\.", 2)[0]));
        }
        node.forEach(child -> collect(child, ids));
    }

    /**
     * Returns the text that a value evaluates to.
     *
     * @throws LocalCloudException if it uses an unsupported function
     */
    String text(JsonNode value) {
        if (value.isValueNode()) {
            return value.asText();
        }
        if (value.has("Ref")) {
            return ref(value.path("Ref").asText());
        }
        if (value.has("Fn::GetAtt")) {
            JsonNode attribute = value.path("Fn::GetAtt");
            String[] parts = attribute.asText().split("\\.", 2);
            return attribute.isArray()
                    ? attribute(attribute.path(0).asText(), attribute.path(1).asText())
                    : attribute(parts[0], parts[1]);
        }
        if (value.has("Fn::Join")) {
            List<String> parts = new ArrayList<>();
            value.path("Fn::Join").path(1).forEach(part -> parts.add(text(part)));
            return String.join(value.path("Fn::Join").path(0).asText(), parts);
        }
        if (value.has("Fn::Select")) {
            JsonNode select = value.path("Fn::Select");
            JsonNode split = select.path(1).path("Fn::Split");
            if (split.isArray()) {
                String separator = Pattern.quote(split.path(0).asText());
                return text(split.path(1)).split(separator, -1)[select.path(0).asInt()];
            }
            return text(select.path(1).path(select.path(0).asInt()));
        }
        if (value.has("Fn::Sub")) {
            return substitute(value.path("Fn::Sub"));
        }
        throw new LocalCloudException(
                "The template uses " + value + ", which the local cloud does not support.");
    }

    private String substitute(JsonNode substitution) {
        JsonNode given = substitution.isArray() ? substitution.path(1) : substitution.path("none");
        String pattern =
                substitution.isArray() ? substitution.path(0).asText() : substitution.asText();
        return VARIABLE.matcher(pattern)
                .replaceAll(
                        found -> {
                            String name = found.group(1);
                            if (given.has(name)) {
                                return Matcher.quoteReplacement(text(given.path(name)));
                            }
                            String[] parts = name.split("\\.", 2);
                            return Matcher.quoteReplacement(
                                    parts.length == 1 ? ref(name) : attribute(parts[0], parts[1]));
                        });
    }

    private String ref(String id) {
        return switch (id) {
            case "AWS::Region" -> Arns.REGION;
            case "AWS::AccountId" -> Arns.ACCOUNT;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            case "AWS::StackName" -> "freshet-local";
            case "AWS::StackId" -> Arns.of("cloudformation", "stack/freshet-local/local");
            case "AWS::NoValue" -> "";
            default ->
                    parameters.has(id)
                            ? parameters.path(id).path("Default").asText()
                            : type(id).equals("AWS::SecretsManager::Secret")
                                    ? attribute(id, "Arn")
                                    : name(id);
        };
    }

    private String attribute(String id, String attribute) {
        if (!attribute.endsWith("Arn") && !attribute.endsWith("ARN") && !attribute.equals("Id")) {
            return name(id);
        }
        return switch (type(id)) {
            case "AWS::Kinesis::Stream" -> Arns.of("kinesis", "stream/" + name(id));
            case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable" ->
                    Arns.of("dynamodb", "table/" + name(id));
            case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name(id);
            case "AWS::Lambda::Function" -> Arns.of("lambda", "function:" + name(id));
            case "AWS::SecretsManager::Secret" -> Arns.of("secretsmanager", "secret:" + name(id));
            default -> Arns.of("local", name(id));
        };
    }

    /**
     * Returns the local name of a resource: that of a function is derived from its handler; another
     * resource has the name given as plain text in the template, otherwise one derived from the
     * logical id.
     */
    String name(String id) {
        JsonNode properties = properties(id);
        String plain = CDK_HASH.matcher(id).replaceFirst("");
        return switch (type(id)) {
            case "AWS::S3::Bucket" ->
                    given(properties, "BucketName")
                            .orElse("freshet-" + plain.toLowerCase(Locale.ROOT));
            case "AWS::Kinesis::Stream" -> given(properties, "Name").orElse(plain);
            case "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable" ->
                    given(properties, "TableName").orElse(plain);
            case "AWS::Lambda::Function" -> afterHandler(properties.path("Handler").asText());
            default -> plain;
        };
    }

    private static Optional<String> given(JsonNode properties, String field) {
        return properties.path(field).isTextual()
                ? Optional.of(properties.path(field).asText())
                : Optional.empty();
    }

    private static String afterHandler(String handler) {
        String type = handler.split("::", 2)[0];
        String simple = type.substring(type.lastIndexOf('.') + 1).replaceFirst("Handler$", "");
        return simple.toLowerCase(Locale.ROOT);
    }
}
