package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Every right that a template gives: by roles' policies, by policies for callers, by what resources
 * allow by themselves.
 */
final class Rights {
    /** What CDK puts behind an id that nobody pinned. */
    private static final Pattern HASH = Pattern.compile("(?<=[a-z0-9])[0-9A-F]{8}(?=\\b)");

    /** The name of a file that CDK uploads, which changes with its content. */
    private static final Pattern ASSET = Pattern.compile("\\b[0-9a-f]{64}\\b");

    /** The parts of a statement that are listed. */
    private static final Set<String> PARTS =
            Set.of("Sid", "Effect", "Principal", "Action", "Resource", "Condition");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");

    /**
     * One right.
     *
     * @param holder the function, role or policy that holds it
     * @param heading what kind of holder that is, a heading of the listing
     * @param effect Allow or Deny
     * @param actions sorted
     * @param resource one, by its logical id
     * @param condition empty for none
     */
    record Right(
            String heading,
            String holder,
            String effect,
            List<String> actions,
            String resource,
            String condition) {
        boolean allows() {
            return effect.equals("Allow");
        }
    }

    private final Synthesized stack;
    private final List<Right> rights = new ArrayList<>();

    private Rights(Synthesized stack) {
        this.stack = stack;
    }

    static List<Right> of(Synthesized stack) {
        Rights of = new Rights(stack);
        of.roles();
        of.callersPolicies();
        of.resourcesPolicies();
        of.invocations();
        return List.copyOf(of.rights);
    }

    /** Who may take each role on, by the role's name; and policies of AWS's that it has. */
    static Map<String, String> roles(Synthesized stack) {
        Rights of = new Rights(stack);
        Map<String, String> roles = new LinkedHashMap<>();
        stack.ofType("AWS::IAM::Role")
                .forEach(
                        (id, role) -> {
                            String managed =
                                    texts(role.path("ManagedPolicyArns")).stream()
                                            .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                                            .collect(Collectors.joining(", "));
                            String takers =
                                    statements(role.path("AssumeRolePolicyDocument"))
                                            .map(Rights::by)
                                            .collect(Collectors.joining("; "));
                            roles.put(
                                    of.holderOf(id),
                                    takers
                                            + (managed.isEmpty() ? "" : " with AWS's policy ")
                                            + managed);
                        });
        return roles;
    }

    private void roles() {
        for (JsonNode policy : stack.ofType("AWS::IAM::Policy").values()) {
            for (JsonNode role : policy.path("Roles")) {
                add("Roles", holderOf(role.path("Ref").asText()), policy.path("PolicyDocument"));
            }
        }
        for (Entry<String, JsonNode> role : stack.ofType("AWS::IAM::Role").entrySet()) {
            for (JsonNode inline : role.getValue().path("Policies")) {
                add("Roles", holderOf(role.getKey()), inline.path("PolicyDocument"));
            }
        }
    }

    private void callersPolicies() {
        stack.ofType("AWS::IAM::ManagedPolicy")
                .forEach((id, policy) -> add("Callers", plain(id), policy.path("PolicyDocument")));
    }

    private void resourcesPolicies() {
        stack.ofType("AWS::KMS::Key")
                .forEach((id, key) -> add("Resources", plain(id), key.path("KeyPolicy")));
        for (JsonNode policy : stack.ofType("AWS::SNS::TopicPolicy").values()) {
            add("Resources", flat(policy.at("/Topics/0")), policy.path("PolicyDocument"));
        }
        for (JsonNode policy : stack.ofType("AWS::S3::BucketPolicy").values()) {
            add("Resources", flat(policy.path("Bucket")), policy.path("PolicyDocument"));
        }
    }

    private void invocations() {
        for (JsonNode permission : stack.ofType("AWS::Lambda::Permission").values()) {
            rights.add(
                    new Right(
                            "Invocations",
                            permission.path("Principal").asText(),
                            "Allow",
                            texts(permission.path("Action")),
                            flat(permission.path("FunctionName")),
                            "for " + flat(permission.path("SourceArn"))));
        }
    }

    private void add(String heading, String holder, JsonNode document) {
        statements(document)
                .forEach(
                        statement -> {
                            String by = by(statement);
                            for (String resource : texts(statement.path("Resource"))) {
                                rights.add(
                                        new Right(
                                                heading,
                                                holder,
                                                statement.path("Effect").asText(),
                                                List.copyOf(
                                                        new TreeSet<>(
                                                                texts(statement.path("Action")))),
                                                resource,
                                                statement.has("Principal") ? "by " + by : by));
                            }
                        });
    }

    /** Returns the statements of a document, which have no parts but those that are listed. */
    private static Stream<JsonNode> statements(JsonNode document) {
        return StreamSupport.stream(document.path("Statement").spliterator(), false)
                .peek(
                        statement ->
                                assertThat(statement.properties())
                                        .extracting(Entry::getKey)
                                        .isSubsetOf(PARTS));
    }

    /** Returns to whom a statement applies, and its condition. */
    private static String by(JsonNode statement) {
        JsonNode principal = statement.path("Principal");
        Stream<String> names =
                principal.isTextual()
                        ? Stream.of(principal.asText())
                        : principal.properties().stream()
                                .flatMap(kind -> texts(kind.getValue()).stream());
        return Stream.of(
                        names.map(
                                        name ->
                                                switch (name) {
                                                    case "*" -> "anybody";
                                                    case "arn:aws:iam::ACCOUNT:root" ->
                                                            "the account's own IAM";
                                                    default -> name;
                                                })
                                .collect(Collectors.joining(" and ")),
                        condition(statement.path("Condition")))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String condition(JsonNode conditions) {
        List<String> all = new ArrayList<>();
        for (Entry<String, JsonNode> operator : conditions.properties()) {
            for (Entry<String, JsonNode> key : operator.getValue().properties()) {
                String sign =
                        switch (operator.getKey()) {
                            case "StringEquals", "Bool" -> " = ";
                            case "NumericLessThan" -> " < ";
                            default -> " " + operator.getKey() + " ";
                        };
                all.add(key.getKey() + sign + String.join(" or ", texts(key.getValue())));
            }
        }
        return String.join(", ", all);
    }

    /** A function's role goes by the function's name. */
    private String holderOf(String role) {
        return stack.functions().entrySet().stream()
                .filter(
                        function ->
                                function.getValue().at("/Role/Fn::GetAtt/0").asText().equals(role))
                .map(Entry::getKey)
                .findFirst()
                .orElse(plain(role));
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(element -> texts.add(flat(element)));
        } else if (!node.isMissingNode()) {
            texts.add(flat(node));
        }
        return texts;
    }

    /** A value as the listing writes it: references by their plain ids. */
    private static String flat(JsonNode value) {
        if (value.has("Fn::Join")) {
            StringBuilder joined = new StringBuilder();
            value.at("/Fn::Join/1").forEach(part -> joined.append(flat(part)));
            return joined.toString();
        }
        if (value.has("Fn::GetAtt")) {
            return plain(value.at("/Fn::GetAtt/0").asText());
        }
        if (value.has("Fn::Sub")) {
            Matcher reference = REFERENCE.matcher(value.path("Fn::Sub").asText());
            return reference.replaceAll(found -> plain(found.group(1)));
        }
        return value.has("Ref") ? plain(value.path("Ref").asText()) : plain(value.asText());
    }

    private static String plain(String id) {
        return switch (id) {
            case "AWS::Partition" -> "aws";
            case "AWS::Region" -> "REGION";
            case "AWS::AccountId" -> "ACCOUNT";
            default -> HASH.matcher(ASSET.matcher(id).replaceAll("ASSET")).replaceAll("");
        };
    }
}
