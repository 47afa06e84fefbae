package dev.freshet.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.template.Template;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which resource of a template CloudFormation makes after which others: those that it refers to, by
 * {@code Ref}, {@code Fn::GetAtt} or {@code Fn::Sub}, and those that it names in {@code DependsOn}.
 */
final class TemplateGraph {
    private final Map<String, Set<String>> before = new LinkedHashMap<>();
    private final Set<String> dangling = new LinkedHashSet<>();

    TemplateGraph(JsonNode template) {
        JsonNode resources = template.path("Resources");
        Set<String> known = new LinkedHashSet<>();
        resources.fieldNames().forEachRemaining(known::add);
        for (Map.Entry<String, JsonNode> resource : resources.properties()) {
            Set<String> named = Template.references(resource.getValue());
            JsonNode dependsOn = resource.getValue().path("DependsOn");
            if (dependsOn.isTextual()) {
                named.add(dependsOn.asText());
            }
            dependsOn.forEach(other -> named.add(other.asText()));
            named.removeIf(id -> id.startsWith("AWS::"));
            named.stream()
                    .filter(id -> !known.contains(id))
                    .filter(id -> !template.path("Parameters").has(id))
                    .forEach(dangling::add);
            named.retainAll(known);
            before.put(resource.getKey(), named);
        }
    }

    /** Returns the ids that are referred to and that no resource or parameter has. */
    Set<String> dangling() {
        return dangling;
    }

    /** Returns all resources that are made before a resource, directly or indirectly. */
    Set<String> before(String id) {
        Set<String> all = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(of(id));
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            if (all.add(next)) {
                open.addAll(of(next));
            }
        }
        return all;
    }

    /** Returns the resources that have to be made before themselves, which cannot be deployed. */
    List<String> circular() {
        return before.keySet().stream().filter(id -> before(id).contains(id)).toList();
    }

    private Set<String> of(String id) {
        return before.getOrDefault(id, Set.of());
    }
}
