package dev.freshet.bytes;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The binary form of the values of a type, declared once: one walk over the fields both writes a
 * value and makes the value that its bytes hold.
 *
 * <pre>{@code
 * Form<Place> PLACE = fields -> new Place(fields.name(Place::itemId), fields.upTo(99, Place::position));
 * }</pre>
 *
 * <p>Fields have the order in which they are asked for. A field may depend on those before it,
 * which are known in both directions. Writing makes a second value, which costs its constructor.
 *
 * @param <T> type of the values
 */
@FunctionalInterface
public interface Form<T> {
    /** An item id, tag, country or another string that recurs. */
    Form<String> NAME = fields -> fields.name(name -> name);

    /** A string that stands only once. */
    Form<String> TEXT = text(Fields.MAX_NAME_BYTES);

    /** An unsigned number. */
    Form<Long> VARINT = fields -> fields.varint(number -> number);

    /** A number of four bytes. */
    Form<Integer> FIXED32 = fields -> fields.fixed32(number -> number);

    /**
     * Asks for the fields, in their order, and returns the value that has them.
     *
     * @throws MalformedBytesException when bytes are read that are no such value
     */
    T of(Fields<T> fields);

    /** Appends a value. */
    default void write(T value, ByteSink out) {
        of(new Fields.Written<>(value, out));
    }

    /**
     * Reads a value.
     *
     * @throws MalformedBytesException when the bytes are no such value
     */
    default T read(ByteSource in) {
        return of(new Fields.Read<>(in));
    }

    /** Returns a form with separate walks for both directions, for arrays and other columns. */
    static <T> Form<T> of(BiConsumer<T, ByteSink> write, Function<ByteSource, T> read) {
        return fields -> fields.object(write, read, value -> value);
    }

    /** Returns the form of strings of at most this many UTF-8 bytes, each of which stands once. */
    static Form<String> text(int maxBytes) {
        return fields -> fields.text(maxBytes, text -> text);
    }

    /** Returns the form of numbers from 0 to {@code max}. */
    static Form<Integer> upTo(int max) {
        return fields -> fields.upTo(max, number -> number);
    }

    /** Returns the form of a single value, which takes no bytes. */
    static <T> Form<T> constant(T value) {
        return fields -> value;
    }

    /**
     * Returns the form of values that are written as their place in a list, which never changes.
     */
    static <T> Form<T> anyOf(List<T> values) {
        return fields -> values.get(fields.upTo(values.size() - 1, values::indexOf));
    }

    /**
     * Returns the form of a type with several alternatives: the number of the alternative, then its
     * own form.
     *
     * @param alternatives by number, which never changes: a new one is appended
     */
    static <T> Form<T> oneOf(List<Alternative<? extends T>> alternatives) {
        return fields -> {
            int number =
                    fields.upTo(
                            alternatives.size() - 1,
                            value -> {
                                int at = 0;
                                while (!alternatives.get(at).type().isInstance(value)) {
                                    at++;
                                }
                                return at;
                            });
            return alternative(fields, alternatives.get(number));
        };
    }

    private static <T, A extends T> T alternative(Fields<T> fields, Alternative<A> of) {
        return fields.as(of.type(), of.form());
    }

    /**
     * One of several alternatives of a type.
     *
     * @param type of its values, which no other alternative has
     */
    record Alternative<A>(Class<A> type, Form<A> form) {}
}
