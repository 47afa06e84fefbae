package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.template.Template;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names and ARNs of the resources of a template in the local cloud.
 *
 * @param template the template
 */
record LocalNames(Template template) implements Template.Names {
    private static final Pattern CDK_HASH = Pattern.compile("[0-9A-F]{8}$");

    /** Returns the text that a value evaluates to. */
    String text(JsonNode value) {
        return template.text(value, this);
    }

    @Override
    public String ref(String id) {
        return switch (id) {
            case "AWS::Region" -> Arns.REGION;
            case "AWS::AccountId" -> Arns.ACCOUNT;
            case "AWS::Partition" -> "aws";
            case "AWS::URLSuffix" -> "amazonaws.com";
            case "AWS::StackName" -> "freshet-local";
            case "AWS::StackId" -> Arns.of("cloudformation", "stack/freshet-local/local");
            case "AWS::NoValue" -> "";
            default ->
                    template.type(id).equals("AWS::SecretsManager::Secret")
                            ? attribute(id, "Arn")
                            : name(id);
        };
    }

    @Override
    public String attribute(String id, String attribute) {
        if (!attribute.endsWith("Arn") && !attribute.endsWith("ARN") && !attribute.equals("Id")) {
            return name(id);
        }
        return switch (template.type(id)) {
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
        JsonNode properties = template.properties(id);
        String plain = CDK_HASH.matcher(id).replaceFirst("");
        return switch (template.type(id)) {
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
