package dev.freshet.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.json.FieldReader;
import dev.freshet.json.Identifier;
import dev.freshet.json.TextRule;
import dev.freshet.json.Violation;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reports the rules of {@link FieldReader} that a query, or another document of an owner, breaks,
 * each as an {@link InvalidQueryException} that names the member by its path.
 */
public final class QueryViolations {
    private static final int MAX_TIME = 64;

    private QueryViolations() {}

    /**
     * Returns a reader of an object of a query.
     *
     * @param path the object's path in sentences; empty for the body itself
     * @param known every member that the object may have
     * @throws InvalidQueryException if the node is no object, or has another member
     */
    public static FieldReader<InvalidQueryException> fields(
            JsonNode node, String path, Set<String> known) {
        return FieldReader.strict(node, path, known, QueryViolations::report);
    }

    /** Returns a reporter that gives this code to an array with too many elements. */
    static FieldReader.Reporter<InvalidQueryException> withCodeIfMore(String code) {
        return violation ->
                violation instanceof Violation.TooMany tooMany
                        ? new InvalidQueryException(code, sentence(tooMany))
                        : report(violation);
    }

    /**
     * Returns a time of at most {@value #MAX_TIME} characters.
     *
     * @throws InvalidQueryException if the member is no text, or names no time
     */
    static @Nullable Instant time(FieldReader<InvalidQueryException> fields, String name) {
        var _ = fields.text(name, TextRule.SINGLE_LINE, MAX_TIME);
        return fields.time(name, MAX_TIME);
    }

    /**
     * Returns an id that came as a text, from a path or parameter of a URL.
     *
     * @param name what to call the id in a sentence
     */
    static String identifier(String text, String name, Identifier rule) {
        return FieldReader.identifierOf(
                TextNode.valueOf(text), name, rule, QueryViolations::report);
    }

    /** Returns the exception of a broken rule. */
    public static InvalidQueryException report(Violation violation) {
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
            case Violation.UnknownMember unknown ->
                    "There is no member "
                            + quoted(unknown.name())
                            + (field.isEmpty() ? "" : " in " + field)
                            + "; the members are "
                            + String.join(", ", new TreeSet<>(unknown.known()))
                            + ".";
            case Violation.NotText _ -> field + " must be a string.";
            case Violation.TooLong tooLong ->
                    field + " may have at most " + tooLong.max() + " characters.";
            case Violation.BadText _ ->
                    field + " may not hold control characters or halves of surrogate pairs.";
            case Violation.BadIdentifier _ ->
                    field + " must be a string of " + Identifier.USER.rule() + ".";
            case Violation.NotANumber _ -> field + " must be a number.";
            case Violation.NotWhole _ -> field + " must be a whole number.";
            case Violation.OutOfRange range ->
                    field
                            + " must be a whole number from "
                            + range.least()
                            + " to "
                            + range.most()
                            + ".";
            case Violation.BadTime _ -> field + " must be a time such as 2026-01-31T12:00:00Z.";
            case Violation.NotAnArray _ -> field + " must be an array.";
            case Violation.TooMany tooMany ->
                    field + " may hold at most " + tooMany.max() + " entries.";
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
