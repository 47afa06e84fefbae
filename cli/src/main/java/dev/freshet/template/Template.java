package dev.freshet.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.console.CommandException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources of a synthesized template by logical id, and the evaluation of CloudFormation's
 * intrinsic functions on them: {@code Ref}, {@code Fn::GetAtt}, {@code Fn::Sub}, {@code Fn::Join},
 * {@code Fn::Select} and {@code Fn::Split}.
 */
public final class Template {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^!}][^}]*)}");
    private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

    private final JsonNode resources;
    private final JsonNode parameters;

    /** What references evaluate to, in the account or the local cloud that has the resources. */
    public interface Names {
        /** Returns the text of a {@code Ref} to a resource, or to a name such as AWS::Region. */
        String ref(String id);

        /** Returns the text of an attribute of a resource. */
        String attribute(String id, String attribute);
    }

    /**
     * Wraps a parsed template.
     *
     * @throws CommandException if it has no resources
     */
    public Template(JsonNode template) {
        this.resources = template.path("Resources");
        this.parameters = template.path("Parameters");
        CommandException.require(
                resources.isObject(),
                "The template contains no resources: run './mvnw -q package -DskipTests' again.");
    }

    /** Returns the logical ids of all resources, in the template's order. */
    public Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        resources.fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** Returns the logical ids of all resources of these types, in the template's order. */
    public List<String> ofType(String... types) {
        return ids().stream().filter(id -> List.of(types).contains(type(id))).toList();
    }

    /** Returns the properties of all resources of a type, in the template's order. */
    public List<JsonNode> propertiesOf(String type) {
        return ofType(type).stream().map(this::properties).toList();
    }

    /** Returns the properties of a resource; a missing node if there is no such resource. */
    public JsonNode properties(String id) {
        return resources.path(id).path("Properties");
    }

    /** Returns the type of a resource; empty if there is no such resource. */
    public String type(String id) {
        return resources.path(id).path("Type").asText();
    }

    /** Returns the interval of a schedule expression; empty if it is none of a fixed rate. */
    public static Optional<Duration> rate(String schedule) {
        Matcher rate = RATE.matcher(schedule);
        if (!rate.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(rate.group(1));
        return Optional.of(
                switch (rate.group(2)) {
                    case "minute" -> Duration.ofMinutes(count);
                    case "hour" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                });
    }

    /**
     * Returns the first resource of the type that the node refers to, directly or through others
     * such as an alias.
     */
    public Optional<String> behind(JsonNode node, String type) {
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

    /**
     * Returns what a part of a template refers to, in order: logical ids, names of parameters, and
     * names such as {@code AWS::Region}.
     */
    public static Set<String> references(JsonNode part) {
        Set<String> names = new LinkedHashSet<>();
        collect(part, names);
        return names;
    }

    private static void collect(JsonNode node, Set<String> names) {
        if (node.has("Ref")) {
            names.add(node.path("Ref").asText());
        }
        if (node.has("Fn::GetAtt")) {
            names.add(Attribute.of(node.path("Fn::GetAtt")).id());
        }
        JsonNode substitution = node.path("Fn::Sub");
        VARIABLE.matcher(pattern(substitution))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !substitution.path(1).has(name))
                .forEach(name -> names.add(Attribute.of(name).id()));
        node.forEach(child -> collect(child, names));
    }

    /** An attribute of a resource, written as two texts or as one with a dot. */
    private record Attribute(String id, String name) {
        private static Attribute of(JsonNode node) {
            return node.isArray()
                    ? new Attribute(node.path(0).asText(), node.path(1).asText())
                    : of(node.asText());
        }

        private static Attribute of(String text) {
            int dot = text.indexOf('.');
            return dot < 0
                    ? new Attribute(text, "")
                    : new Attribute(text.substring(0, dot), text.substring(dot + 1));
        }

        private String text(Names names) {
            return names.attribute(id, name);
        }
    }

    private static String pattern(JsonNode substitution) {
        return (substitution.isArray() ? substitution.path(0) : substitution).asText();
    }

    /**
     * Returns the text that a value evaluates to.
     *
     * @throws CommandException if it uses an unsupported function
     */
    public String text(JsonNode value, Names names) {
        if (value.isValueNode()) {
            return value.asText();
        }
        if (value.has("Ref")) {
            return ref(value.path("Ref").asText(), names);
        }
        if (value.has("Fn::GetAtt")) {
            return Attribute.of(value.path("Fn::GetAtt")).text(names);
        }
        if (value.has("Fn::Join")) {
            List<String> parts = new ArrayList<>();
            value.path("Fn::Join").path(1).forEach(part -> parts.add(text(part, names)));
            return String.join(value.path("Fn::Join").path(0).asText(), parts);
        }
        if (value.has("Fn::Select")) {
            JsonNode select = value.path("Fn::Select");
            JsonNode split = select.path(1).path("Fn::Split");
            if (split.isArray()) {
                String separator = Pattern.quote(split.path(0).asText());
                return text(split.path(1), names).split(separator, -1)[select.path(0).asInt()];
            }
            return text(select.path(1).path(select.path(0).asInt()), names);
        }
        if (value.has("Fn::Sub")) {
            return substitute(value.path("Fn::Sub"), names);
        }
        throw new CommandException("The template uses " + value + ", which is not supported.");
    }

    private String substitute(JsonNode substitution, Names names) {
        return VARIABLE.matcher(pattern(substitution))
                .replaceAll(
                        found -> {
                            String name = found.group(1);
                            JsonNode given = substitution.path(1).path(name);
                            return Matcher.quoteReplacement(
                                    !given.isMissingNode()
                                            ? text(given, names)
                                            : name.contains(".")
                                                    ? Attribute.of(name).text(names)
                                                    : ref(name, names));
                        });
    }

    private String ref(String id, Names names) {
        return parameters.has(id) ? parameters.path(id).path("Default").asText() : names.ref(id);
    }
}
