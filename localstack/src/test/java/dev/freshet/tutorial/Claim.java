package dev.freshet.tutorial;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A sentence about an answer: words, the path of members, in which a star stands for each entry of
 * a list, and words again.
 *
 * <ul>
 *   <li>{@code each PATH}, {@code some PATH} or {@code no PATH}, followed by {@code is TEXT},
 *       {@code has ENTRY}, or {@code from NUMBER to NUMBER}, of which the second is excluded
 *   <li>{@code 10 of PATH}: there are so many
 *   <li>{@code at most 2 equal PATH}: no value occurs more often
 *   <li>{@code falling PATH}: no value is greater than the one before
 *   <li>{@code changed PATH}: the values, in their order, are of no answer before of which this was
 *       claimed
 *   <li>{@code none before PATH}: none is twice, or was in an answer before of which this was
 *       claimed
 * </ul>
 *
 * @param kind the words before the path
 * @param path of the members
 * @param rest the words after the path
 */
record Claim(String kind, String path, String rest) {
    private static final Pattern FORM = Pattern.compile("(?s)([^/]+?)\\s+(/\\S+)(?:\\s+(.+))?");
    private static final Pattern RANGE = Pattern.compile("from (\\S+) to (\\S+)");

    static Claim parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("not a claim: " + text);
        }
        return new Claim(
                form.group(1), form.group(2), form.group(3) == null ? "" : form.group(3).strip());
    }

    /**
     * Returns whether it holds.
     *
     * @param before values of the same path in earlier answers; those of this answer are added
     */
    boolean holds(JsonNode answer, Set<String> before) {
        List<JsonNode> values = new ArrayList<>();
        collect(answer, List.of(path.substring(1).split("/", -1)), values);
        if (kind.endsWith(" of")) {
            return values.size() == Integer.parseInt(kind.substring(0, kind.length() - 3));
        }
        if (kind.startsWith("at most ")) {
            long most = Long.parseLong(kind.split(" ", -1)[2]);
            return values.stream()
                    .collect(Collectors.groupingBy(JsonNode::asText, Collectors.counting()))
                    .values()
                    .stream()
                    .allMatch(count -> count <= most);
        }
        return switch (kind) {
            case "each" -> !values.isEmpty() && values.stream().allMatch(this::fits);
            case "some" -> values.stream().anyMatch(this::fits);
            case "no" -> values.stream().noneMatch(this::fits);
            case "falling" -> falling(values);
            case "none before" -> fresh(values, before);
            case "changed" -> before.add(values.toString());
            default -> throw new IllegalArgumentException("not a claim: " + this);
        };
    }

    private static boolean fresh(List<JsonNode> values, Set<String> before) {
        Set<String> texts = values.stream().map(JsonNode::asText).collect(Collectors.toSet());
        Set<String> twice = new HashSet<>(texts);
        twice.retainAll(before);
        before.addAll(texts);
        return texts.size() == values.size() && twice.isEmpty();
    }

    private static boolean falling(List<JsonNode> values) {
        for (int at = 1; at < values.size(); at++) {
            if (values.get(at).asDouble() > values.get(at - 1).asDouble()) {
                return false;
            }
        }
        return !values.isEmpty();
    }

    private boolean fits(JsonNode value) {
        Matcher range = RANGE.matcher(rest);
        if (range.matches()) {
            return value.isNumber()
                    && value.asDouble() >= Double.parseDouble(range.group(1))
                    && value.asDouble() < Double.parseDouble(range.group(2));
        }
        if (rest.startsWith("is ")) {
            return value.asText().equals(rest.substring(3));
        }
        if (rest.startsWith("has ")) {
            for (JsonNode entry : value) {
                if (entry.asText().equals(rest.substring(4))) {
                    return true;
                }
            }
            return false;
        }
        throw new IllegalArgumentException("not a claim: " + this);
    }

    private static void collect(JsonNode node, List<String> steps, List<JsonNode> values) {
        if (steps.isEmpty()) {
            if (!node.isMissingNode()) {
                values.add(node);
            }
            return;
        }
        List<String> rest = steps.subList(1, steps.size());
        if (steps.getFirst().equals("*")) {
            node.forEach(entry -> collect(entry, rest, values));
        } else if (node.isArray()) {
            collect(node.path(Integer.parseInt(steps.getFirst())), rest, values);
        } else {
            collect(node.path(steps.getFirst()), rest, values);
        }
    }
}
