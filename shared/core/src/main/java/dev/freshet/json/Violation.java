package dev.freshet.json;

import java.util.Set;

/** A rule of {@link FieldReader} that a JSON value breaks. Nothing in it quotes the value. */
public sealed interface Violation {
    /** Returns the path of the value within the body, such as {@code session.items[0].itemId}. */
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
