package dev.freshet.tutorial;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page says that a command prints. In JSON a {@code …} stands for any value, and as the last
 * member or entry for any others; everything else has to be there as it is written. In other text
 * it stands for any characters.
 */
final class ExpectedAnswer {
    private static final String ANY = "…";

    /** The position and the id of an item at the beginning of its line. */
    private static final Pattern ROW = Pattern.compile("^ *\\d+  \\S+");

    /** What lines below an item begin with: its reasons and the events that raised it. */
    private static final String BELOW = "     ";

    /** Characters of any other line that are compared. */
    private static final int BEGINNING = 28;

    private static final ObjectMapper JSON = new ObjectMapper();

    private ExpectedAnswer() {}

    /** Returns where what was printed differs; empty if it does not. */
    static Optional<String> difference(String expected, String printed) {
        if (!expected.startsWith("{") && !expected.startsWith("[")) {
            String pattern =
                    Pattern.compile(ANY)
                            .splitAsStream(expected.strip())
                            .map(Pattern::quote)
                            .reduce((left, right) -> left + ".*?" + right)
                            .orElse("");
            boolean open = expected.strip().endsWith(ANY);
            return Pattern.compile("(?s)" + pattern + (open ? ".*" : ""))
                            .matcher(printed.strip())
                            .matches()
                    ? Optional.empty()
                    : Optional.of("another text");
        }
        try {
            return difference("", JSON.readTree(valid(expected)), JSON.readTree(printed));
        } catch (JsonProcessingException unreadable) {
            return Optional.of(String.valueOf(unreadable.getMessage()));
        }
    }

    /**
     * Returns where the shape of a printed list differs from that of the page's example: the number
     * of rows, the kind of their ids, and the line at the end. Items, reasons and numbers are those
     * of a run.
     */
    static Optional<String> differenceOfShape(String example, String printed) {
        List<String> expected = shape(example);
        List<String> real = shape(printed);
        return expected.equals(real)
                ? Optional.empty()
                : Optional.of("the list has the shape " + real + ", not " + expected);
    }

    private static List<String> shape(String table) {
        return table.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(BELOW))
                .map(ExpectedAnswer::beginning)
                .map(line -> line.replaceAll("\\d[\\d,.]*", "0").strip())
                .toList();
    }

    private static String beginning(String line) {
        Matcher row = ROW.matcher(line);
        return row.find() ? row.group() : line.substring(0, Math.min(BEGINNING, line.length()));
    }

    private static Optional<String> difference(String at, JsonNode expected, JsonNode real) {
        if (expected.isTextual() && expected.asText().equals(ANY)) {
            return real.isMissingNode() ? Optional.of(at + " is missing") : Optional.empty();
        }
        if (expected.getNodeType() != real.getNodeType()) {
            return Optional.of(at + " is " + real);
        }
        if (expected.isObject()) {
            return members(at, expected, real);
        }
        if (expected.isArray()) {
            return entries(at, expected, real);
        }
        boolean same =
                expected.isNumber()
                        ? expected.asDouble() == real.asDouble()
                        : expected.isTextual()
                                ? difference(expected.asText() + " ", real.asText() + " ").isEmpty()
                                : expected.equals(real);
        return same ? Optional.empty() : Optional.of(at + " is " + real);
    }

    private static Optional<String> members(String at, JsonNode expected, JsonNode real) {
        for (Map.Entry<String, JsonNode> member : expected.properties()) {
            if (!member.getKey().equals(ANY)) {
                Optional<String> difference =
                        difference(
                                at + "/" + member.getKey(),
                                member.getValue(),
                                real.path(member.getKey()));
                if (difference.isPresent()) {
                    return difference;
                }
            }
        }
        Iterator<String> names = real.fieldNames();
        while (!expected.has(ANY) && names.hasNext()) {
            String name = names.next();
            if (!expected.has(name)) {
                return Optional.of(at + "/" + name + " is not on the page");
            }
        }
        return Optional.empty();
    }

    private static Optional<String> entries(String at, JsonNode expected, JsonNode real) {
        boolean open =
                !expected.isEmpty() && expected.path(expected.size() - 1).asText().equals(ANY);
        int written = open ? expected.size() - 1 : expected.size();
        if (real.size() < written || (!open && real.size() > written)) {
            return Optional.of(at + " has " + real.size() + " entries");
        }
        for (int entry = 0; entry < written; entry++) {
            Optional<String> difference =
                    difference(at + "/" + entry, expected.path(entry), real.path(entry));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    /** Makes JSON of what is written on a page: a bare {@code …} becomes a text or a member. */
    private static String valid(String written) {
        StringBuilder json = new StringBuilder();
        Deque<Character> open = new ArrayDeque<>();
        boolean inText = false;
        char before = ' ';
        for (int at = 0; at < written.length(); at++) {
            char c = written.charAt(at);
            if (c == '"' && before != '\\') {
                inText = !inText;
            }
            if (!inText && (c == '{' || c == '[')) {
                open.push(c);
            } else if (!inText && (c == '}' || c == ']')) {
                open.pop();
            }
            if (c == '…' && !inText) {
                boolean member = open.peek() == '{' && before != ':';
                json.append(member ? "\"…\":\"…\"" : "\"…\"");
            } else {
                json.append(c);
            }
            before = Character.isWhitespace(c) && !inText ? before : c;
        }
        return json.toString();
    }
}
