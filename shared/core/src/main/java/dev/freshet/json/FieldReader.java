package dev.freshet.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the members of one JSON object by type and rule. A member whose value is JSON's null counts
 * as absent, and each method returns null (or an empty list) for an absent member. A member that
 * breaks a rule ends in the exception that the {@link Reporter} makes of the {@link Violation}.
 *
 * <p>Immutable, and safe for use by several threads. A subclass reports all broken rules by an
 * exception of its own, and adds the types of its documents.
 *
 * @param <X> the exception that reports a broken rule, checked or unchecked
 */
public class FieldReader<X extends Exception> {
    private final JsonNode node;
    private final String path;
    private final Reporter<X> reporter;

    /**
     * Makes the exception that reports a broken rule.
     *
     * @param <X> its type
     */
    @FunctionalInterface
    public interface Reporter<X extends Exception> {
        /** Returns the exception to throw; its text is the caller's. */
        X report(Violation violation);
    }

    /** Creates a reader of the members of a node. */
    protected FieldReader(JsonNode node, String path, Reporter<X> reporter) {
        this.node = node;
        this.path = path;
        this.reporter = reporter;
    }

    /**
     * Returns a reader of an object that may have any members. A value that is no object, or null,
     * reads as an object without members.
     *
     * @param path the path of the object within the body; empty for the body itself
     */
    public static <X extends Exception> FieldReader<X> lenient(
            @Nullable JsonNode node, String path, Reporter<X> reporter) {
        return new FieldReader<>(node == null ? MissingNode.getInstance() : node, path, reporter);
    }

    /**
     * Returns a reader of an object that has no other members than the known ones, so that a
     * misspelt member is reported rather than ignored.
     *
     * @param path the path of the object within the body; empty for the body itself
     * @throws X if the node is no object, or has another member
     */
    public static <X extends Exception> FieldReader<X> strict(
            JsonNode node, String path, Set<String> known, Reporter<X> reporter) throws X {
        checkMembers(node, path, known, reporter);
        return new FieldReader<>(node, path, reporter);
    }

    /**
     * Requires that a node is an object that has no other members than the known ones.
     *
     * @throws X with {@link Violation.NotAnObject} or {@link Violation.UnknownMember}
     */
    protected static <X extends Exception> void checkMembers(
            JsonNode node, String path, Set<String> known, Reporter<X> reporter) throws X {
        if (!node.isObject()) {
            throw reporter.report(new Violation.NotAnObject(path));
        }
        Iterator<String> names = node.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw reporter.report(new Violation.UnknownMember(path, name, known));
            }
        }
    }

    /** Returns a reader of this object that reports broken rules by another reporter. */
    public <Y extends Exception> FieldReader<Y> reportingBy(Reporter<Y> other) {
        return new FieldReader<>(node, path, other);
    }

    /** Returns the exception for a rule of the caller's own that a member breaks. */
    public X exceptionFor(Violation violation) {
        return reporter.report(violation);
    }

    /** Returns the path of a member within the body. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Returns a member's value, of any type. */
    public @Nullable JsonNode find(String name) {
        return node.hasNonNull(name) ? node.get(name) : null;
    }

    /**
     * Returns an identifier.
     *
     * @throws X with {@link Violation.BadIdentifier}
     */
    public @Nullable String identifier(String name, Identifier rule) throws X {
        JsonNode value = find(name);
        return value == null ? null : identifierOf(value, pathOf(name), rule, reporter);
    }

    /**
     * Returns a text of any length that the body's bounds allow.
     *
     * @throws X with {@link Violation.NotText} or {@link Violation.BadText}
     */
    public @Nullable String text(String name, TextRule rule) throws X {
        return text(name, rule, Integer.MAX_VALUE);
    }

    /**
     * Returns a text.
     *
     * @param max most UTF-16 characters
     * @throws X with {@link Violation.NotText}, {@link Violation.TooLong} or {@link
     *     Violation.BadText}, in this order of checks
     */
    public @Nullable String text(String name, TextRule rule, int max) throws X {
        JsonNode value = find(name);
        return value == null ? null : textOf(value, pathOf(name), rule, max, reporter);
    }

    /**
     * Returns a number, which may be NaN or infinite.
     *
     * @throws X with {@link Violation.NotANumber}
     */
    public @Nullable Double number(String name) throws X {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw reporter.report(new Violation.NotANumber(pathOf(name)));
        }
        return value.doubleValue();
    }

    /**
     * Returns a whole number in any notation, such as 5 or 5.0. One beyond an int becomes the
     * nearest int, so that the caller's check of its range reports it.
     *
     * @throws X with {@link Violation.NotANumber} or {@link Violation.NotWhole}
     */
    public @Nullable Integer whole(String name) throws X {
        Double value = number(name);
        if (value == null) {
            return null;
        }
        if (value != Math.rint(value)) {
            throw reporter.report(new Violation.NotWhole(pathOf(name)));
        }
        return (int) Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /**
     * Returns a whole number written without a fraction or exponent.
     *
     * @param least the least number accepted
     * @param most the highest number accepted
     * @throws X with {@link Violation.OutOfRange}
     */
    public @Nullable Long integer(String name, long least, long most) throws X {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw reporter.report(new Violation.OutOfRange(pathOf(name), least, most));
        }
        return value.longValue();
    }

    /**
     * Returns a time.
     *
     * @param max most UTF-16 characters
     * @throws X with {@link Violation.BadTime}
     */
    public @Nullable Instant time(String name, int max) throws X {
        JsonNode value = find(name);
        if (value == null) {
            return null;
        }
        Optional<Instant> time =
                value.isTextual() && value.textValue().length() <= max
                        ? instant(value.textValue())
                        : Optional.empty();
        if (time.isEmpty()) {
            throw reporter.report(new Violation.BadTime(pathOf(name)));
        }
        return time.get();
    }

    /**
     * Returns the elements of an array; empty for an absent member.
     *
     * @param max most elements
     * @throws X with {@link Violation.NotAnArray} or {@link Violation.TooMany}
     */
    public List<JsonNode> array(String name, int max) throws X {
        JsonNode value = find(name);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw reporter.report(new Violation.NotAnArray(pathOf(name), max));
        }
        if (value.size() > max) {
            throw reporter.report(new Violation.TooMany(pathOf(name), max));
        }
        List<JsonNode> elements = new ArrayList<>(value.size());
        value.forEach(elements::add);
        return elements;
    }

    /**
     * Returns the identifier that a single value holds, such as an element of an array.
     *
     * @param path the path of the value, or another name for it
     * @throws X with {@link Violation.BadIdentifier}
     */
    public static <X extends Exception> String identifierOf(
            JsonNode value, String path, Identifier rule, Reporter<X> reporter) throws X {
        if (!value.isTextual() || !rule.accepts(value.textValue())) {
            throw reporter.report(new Violation.BadIdentifier(path));
        }
        return value.textValue();
    }

    /**
     * Returns the text that a single value holds, such as an element of an array.
     *
     * @param path the path of the value, or another name for it
     * @param max most UTF-16 characters
     * @throws X with {@link Violation.NotText}, {@link Violation.TooLong} or {@link
     *     Violation.BadText}, in this order of checks
     */
    public static <X extends Exception> String textOf(
            JsonNode value, String path, TextRule rule, int max, Reporter<X> reporter) throws X {
        if (!value.isTextual()) {
            throw reporter.report(new Violation.NotText(path));
        }
        String text = value.textValue();
        if (text.length() > max) {
            throw reporter.report(new Violation.TooLong(path, max));
        }
        if (!rule.accepts(text)) {
            throw reporter.report(new Violation.BadText(path));
        }
        return text;
    }

    /** Returns the time that a text with a date, a time and an offset (RFC 3339) names, if any. */
    public static Optional<Instant> instant(String text) {
        try {
            return Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** A rule of {@link FieldReader} that a JSON value breaks. Nothing in it quotes the value. */
    public sealed interface Violation {
        /**
         * Returns the path of the value within the body, such as {@code session.items[0].itemId}.
         */
        String field();

        /** A value that has to be an object and is not; the field is empty for the body itself. */
        record NotAnObject(String field) implements Violation {}

        /**
         * An object with a member that it may not have.
         *
         * @param name the member's name as the client wrote it, of any length and characters
         * @param known the names of all members that the object may have
         */
        record UnknownMember(String field, String name, Set<String> known) implements Violation {}

        /** A value that has to be a string and is not. */
        record NotText(String field) implements Violation {}

        /**
         * A string that is too long.
         *
         * @param max most UTF-16 characters
         */
        record TooLong(String field, int max) implements Violation {}

        /** A string with characters that its {@link TextRule} refuses. */
        record BadText(String field) implements Violation {}

        /** A value that is no string, or a string that its {@link Identifier} rule refuses. */
        record BadIdentifier(String field) implements Violation {}

        /** A value that has to be a number and is not. */
        record NotANumber(String field) implements Violation {}

        /** A value that has to be a whole number and is not. */
        record NotWhole(String field) implements Violation {}

        /**
         * A value that is no whole number from least to most, both inclusive.
         *
         * @param least the least number accepted
         * @param most the highest number accepted
         */
        record OutOfRange(String field, long least, long most) implements Violation {}

        /** A value that is no time with an offset (RFC 3339). */
        record BadTime(String field) implements Violation {}

        /**
         * A value that has to be an array and is not.
         *
         * @param max most elements of the array
         */
        record NotAnArray(String field, int max) implements Violation {}

        /**
         * An array with too many elements.
         *
         * @param max most elements
         */
        record TooMany(String field, int max) implements Violation {}
    }
}
