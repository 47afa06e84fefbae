package dev.freshet.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.template.Template;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The permissions of the roles of functions and of the worker, as a template grants them, with the
 * names of the local cloud. It evaluates the part of IAM's policy language that the template uses,
 * and refuses any other.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class RolePolicies {
    /** The caller that runs in the task of the template, if it has one. */
    public static final String WORKER = "worker";

    private static final Set<String> KNOWN = Set.of("Effect", "Action", "Resource", "Condition");

    /** Patterns of actions and resources that one statement allows. */
    private record Statement(List<Pattern> actions, List<Pattern> resources) {
        boolean allows(String action, String resource) {
            return actions.stream().anyMatch(pattern -> pattern.matcher(action).matches())
                    && resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
        }
    }

    private final LocalNames names;
    private final Map<String, List<Statement>> byRole = new HashMap<>();
    private final Map<String, String> roleOf = new LinkedHashMap<>();

    /** The local names of functions to which the template gives a name of their own. */
    private final Map<String, String> localNames = new HashMap<>();

    private RolePolicies(JsonNode template) {
        Template resources = new Template(template);
        names = new LocalNames(resources);
        for (String id : resources.ofType("AWS::Lambda::Function")) {
            roleOf.put(names.name(id), role(resources.properties(id).path("Role")));
            if (resources.properties(id).has("FunctionName")) {
                String given = names.text(resources.properties(id).path("FunctionName"));
                localNames.put(functionArn(given), functionArn(names.name(id)));
                localNames.put(functionArn(given + ":live"), functionArn(names.name(id)));
            }
        }
        for (String id : resources.ofType("AWS::ECS::TaskDefinition")) {
            roleOf.put(WORKER, role(resources.properties(id).path("TaskRoleArn")));
        }
        for (String id : resources.ofType("AWS::IAM::Policy")) {
            JsonNode policy = resources.properties(id);
            for (JsonNode role : policy.path("Roles")) {
                add(role.path("Ref").asText(), policy.path("PolicyDocument"));
            }
        }
        for (String id : resources.ofType("AWS::IAM::Role")) {
            JsonNode role = resources.properties(id);
            role.path("Policies").forEach(inline -> add(id, inline.path("PolicyDocument")));
            if (roleOf.containsValue(id) && role.has("ManagedPolicyArns")) {
                throw new IllegalArgumentException(id + " has policies outside the template");
            }
        }
    }

    /** Reads the policies of a synthesized template. */
    public static RolePolicies read(Path template) {
        return read(TemplateReader.json(template));
    }

    /** Reads the policies of a parsed template. */
    static RolePolicies read(JsonNode template) {
        return new RolePolicies(template);
    }

    private static String functionArn(String name) {
        return Arns.of("lambda", "function:" + name);
    }

    private static String role(JsonNode arn) {
        return arn.at("/Fn::GetAtt/0").asText();
    }

    private void add(String role, JsonNode document) {
        for (JsonNode statement : document.path("Statement")) {
            Set<String> fields = new TreeSet<>();
            statement.fieldNames().forEachRemaining(fields::add);
            if (!KNOWN.containsAll(fields) || !statement.path("Effect").asText().equals("Allow")) {
                throw new IllegalArgumentException(role + " has an unknown statement: " + fields);
            }
            List<Pattern> actions = patterns(statement.path("Action"));
            if (statement.has("Condition")) {
                requireThroughKms(role, statement);
            } else {
                byRole.computeIfAbsent(role, any -> new ArrayList<>())
                        .add(new Statement(actions, patterns(statement.path("Resource"))));
            }
        }
    }

    /**
     * The one known condition: a key may be used through the service of a store only. Such a
     * statement allows no call that a function makes itself.
     */
    private static void requireThroughKms(String role, JsonNode statement) {
        boolean known =
                statement.path("Condition").size() == 1
                        && statement.at("/Condition/StringEquals").size() == 1
                        && statement.at("/Condition/StringEquals").has("kms:ViaService")
                        && statement.path("Action").toString().contains("\"kms:");
        if (!known) {
            throw new IllegalArgumentException(
                    role + " has an unknown condition: " + statement.path("Condition"));
        }
    }

    private List<Pattern> patterns(JsonNode oneOrMany) {
        List<Pattern> patterns = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(each -> patterns.add(pattern(localName(each))));
        } else {
            patterns.add(pattern(localName(oneOrMany)));
        }
        return patterns;
    }

    private String localName(JsonNode value) {
        String text = names.text(value);
        return localNames.getOrDefault(text, text);
    }

    /** Compiles a text with IAM's wildcards: a star for any letters, a question mark for one. */
    private static Pattern pattern(String text) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(letter)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Returns the callers whose permissions are known: functions by local name, and the worker. */
    public Set<String> callers() {
        return Set.copyOf(roleOf.keySet());
    }

    /** Returns whether the role of a caller allows an action on a resource. */
    public boolean allow(String caller, String action, String resource) {
        return byRole.getOrDefault(roleOf.getOrDefault(caller, ""), List.of()).stream()
                .anyMatch(statement -> statement.allows(action, resource));
    }
}
