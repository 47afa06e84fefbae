package dev.freshet.query;

import static dev.freshet.query.InvalidQueryException.require;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.example.Example.Definition;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.TextRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object of a query, or of another document of an owner, by type and rule. A
 * member whose value is JSON's null counts as absent, and each method returns null (or an empty
 * list) for an absent member. Every rule that a member breaks ends in an {@link
 * InvalidQueryException} that names the member by its path.
 *
 * <p>Beside what every {@link FieldReader} reads, it reads texts on one line, flags, ranges of
 * numbers, and the objects and elements below a member.
 */
public final class Members extends FieldReader<InvalidQueryException> {
    /** Longest word, such as the name of a type, in characters. */
    public static final int MAX_WORD = 64;

    private static final int MAX_TIME = 64;

    private final JsonNode node;

    private Members(JsonNode node, String path) {
        super(node, path, Members::report);
        this.node = node;
    }

    /**
     * Returns the members of an object.
     *
     * @param path the object's path in sentences; empty for the body itself
     * @param known every member that the object may have
     * @throws InvalidQueryException if the node is no object, or has another member
     */
    public static Members of(JsonNode node, String path, Set<String> known) {
        checkMembers(node, path, known, Members::report);
        return new Members(node, path);
    }

    /**
     * Reads the document of a definition.
     *
     * @param document JSON in UTF-8, at most {@value Definition#MAX_BYTES} bytes
     * @param what the definition is, for the code of one that is too large
     */
    public static Members of(byte[] document, String what, Set<String> known) {
        require(
                document.length <= Definition.MAX_BYTES,
                what + "-too-large",
                "A definition has at most " + Definition.MAX_BYTES + " bytes.");
        try {
            return of(StrictJson.read(document), "", known);
        } catch (MalformedJsonException malformed) {
            throw new InvalidQueryException(malformed.code(), malformed.detail());
        }
    }

    /** Returns the number of members, those that are null included. */
    int size() {
        return node.size();
    }

    /**
     * Returns the value of a member.
     *
     * @throws InvalidQueryException if there is none
     */
    public <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new InvalidQueryException("missing-field", pathOf(name) + " is missing.");
        }
        return value;
    }

    /** Returns a member that is an object with known members. */
    public @Nullable Members object(String name, Set<String> known) {
        JsonNode value = find(name);
        return value == null ? null : of(value, pathOf(name), known);
    }

    /**
     * Returns a text on one line.
     *
     * @param max most UTF-16 characters
     */
    public @Nullable String text(String name, int max) {
        return text(name, TextRule.SINGLE_LINE, max);
    }

    /** Returns a text of at most {@value #MAX_WORD} characters. */
    public @Nullable String word(String name) {
        return text(name, MAX_WORD);
    }

    /** Returns a number of a range, both ends included. */
    public @Nullable Double number(String name, double least, double most) {
        Double value = number(name);
        if (value != null && !(value >= least && value <= most)) {
            throw new InvalidQueryException(
                    "out-of-range",
                    String.format(
                            Locale.ROOT,
                            "%s is a number from %s to %s.",
                            pathOf(name),
                            least,
                            most));
        }
        return value;
    }

    /**
     * Returns whether a member is true.
     *
     * @param otherwise the answer for an absent member
     * @param code of the refusal of another value
     */
    boolean flag(String name, boolean otherwise, String code) {
        JsonNode value = find(name);
        if (value != null && !value.isBoolean()) {
            throw new InvalidQueryException(code, pathOf(name) + " is true or false.");
        }
        return value == null ? otherwise : value.booleanValue();
    }

    /** Returns a time of at most {@value #MAX_TIME} characters. */
    @Nullable Instant time(String name) {
        var _ = text(name, MAX_TIME);
        return time(name, MAX_TIME);
    }

    /**
     * Returns what the elements of an array are read as.
     *
     * @param max most elements; a longer array is refused as {@code too-many}
     * @param reader takes an element and its path
     */
    public <T> List<T> list(String name, int max, BiFunction<JsonNode, String, T> reader) {
        return list(name, max, "too-many", reader);
    }

    /**
     * Returns what the elements of an array are read as.
     *
     * @param max most elements
     * @param codeIfMore of the refusal of a longer array
     * @param reader takes an element and its path
     */
    public <T> List<T> list(
            String name, int max, String codeIfMore, BiFunction<JsonNode, String, T> reader) {
        List<T> elements = new ArrayList<>();
        for (JsonNode element :
                reportingBy(
                                broken ->
                                        broken instanceof Violation.TooMany
                                                ? new InvalidQueryException(
                                                        codeIfMore, sentence(broken))
                                                : report(broken))
                        .array(name, max)) {
            elements.add(reader.apply(element, pathOf(name) + "[" + elements.size() + "]"));
        }
        return elements;
    }

    /**
     * Returns the texts of an array, each named in sentences by the path of the array.
     *
     * @param max most elements
     * @param maxLength most UTF-16 characters of one
     * @param codeIfMore of the refusal of a longer array
     */
    public List<String> texts(String name, int max, int maxLength, String codeIfMore) {
        return list(name, max, codeIfMore, (text, _) -> text(text, pathOf(name), maxLength));
    }

    /** Returns a value that is a text on one line. */
    public static String text(JsonNode value, String path, int max) {
        return textOf(value, path, TextRule.SINGLE_LINE, max, Members::report);
    }

    /**
     * Returns a value that is an identifier.
     *
     * @param name what to call it in a sentence
     */
    static String identifier(JsonNode value, String name, Identifier rule) {
        return identifierOf(value, name, rule, Members::report);
    }

    private static InvalidQueryException report(Violation violation) {
        return new InvalidQueryException(code(violation), sentence(violation));
    }

    private static String code(Violation violation) {
        return switch (violation) {
            case Violation.NotAnObject _,
                    Violation.NotText _,
                    Violation.NotANumber _,
                    Violation.NotWhole _,
                    Violation.NotAnArray _ ->
                    "wrong-type";
            case Violation.UnknownMember _ -> "unknown-field";
            case Violation.TooLong _ -> "too-long";
            case Violation.BadText _ -> "bad-text";
            case Violation.BadIdentifier _ -> "bad-id";
            case Violation.OutOfRange _ -> "out-of-range";
            case Violation.BadTime _ -> "bad-time";
            case Violation.TooMany _ -> "too-many";
        };
    }

    private static String sentence(Violation violation) {
        String field = violation.field();
        return switch (violation) {
            case Violation.NotAnObject _ ->
                    (field.isEmpty() ? "The body" : field) + " must be a JSON object.";
            case Violation.UnknownMember(_, String name, Set<String> known) ->
                    "There is no member %s%s; the members are %s."
                            .formatted(
                                    quoted(name),
                                    field.isEmpty() ? "" : " in " + field,
                                    String.join(", ", new TreeSet<>(known)));
            case Violation.NotText _ -> field + " must be a string.";
            case Violation.TooLong(_, int max) ->
                    field + " may have at most " + max + " characters.";
            case Violation.BadText _ ->
                    field + " may not hold control characters or halves of surrogate pairs.";
            case Violation.BadIdentifier _ ->
                    field + " must be a string of " + Identifier.USER.rule() + ".";
            case Violation.NotANumber _ -> field + " must be a number.";
            case Violation.NotWhole _ -> field + " must be a whole number.";
            case Violation.OutOfRange(_, long least, long most) ->
                    field + " must be a whole number from " + least + " to " + most + ".";
            case Violation.BadTime _ -> field + " must be a time such as 2026-01-31T12:00:00Z.";
            case Violation.NotAnArray _ -> field + " must be an array.";
            case Violation.TooMany(_, int max) -> field + " may hold at most " + max + " entries.";
        };
    }

    /**
     * Returns at most 40 characters of what the client wrote, in quotation marks, with {@code ?} in
     * place of control characters, surrogates, quotation marks and backslashes.
     */
    static String quoted(String text) {
        String cut = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return '"' + cut.replaceAll("[\\p{Cntrl}\\p{Cs}\"\\\\]", "?") + '"';
    }
}
