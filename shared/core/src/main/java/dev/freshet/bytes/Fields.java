package dev.freshet.bytes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one value while it is written or read ({@link Form}). Each method handles the next
 * field and returns it: when writing it is taken from the value, when reading from the bytes, which
 * are checked against the bounds that the method names.
 *
 * @param <T> type of the value
 */
public abstract sealed class Fields<T> {
    /** Longest id or name, in UTF-8 bytes. */
    public static final int MAX_NAME_BYTES = 2_048;

    private Fields() {}

    abstract long number(
            ObjLongConsumer<ByteSink> write,
            ToLongFunction<ByteSource> read,
            ToLongFunction<T> field);

    abstract <F extends @Nullable Object> F object(
            BiConsumer<F, ByteSink> write, Function<ByteSource, F> read, Function<T, F> field);

    /** An unsigned number of 1 to 10 bytes. */
    public final long varint(ToLongFunction<T> field) {
        return number(ByteSink::varint, ByteSource::varint, field);
    }

    /** A signed number of 1 to 10 bytes, short for small absolute values. */
    public final long zigzag(ToLongFunction<T> field) {
        return number(ByteSink::zigzag, ByteSource::zigzag, field);
    }

    /** An unsigned number of 0 to {@code max}. */
    public final int upTo(int max, ToIntFunction<T> field) {
        return (int) number(ByteSink::varint, in -> in.upTo(max), field::applyAsInt);
    }

    /**
     * A number of elements, 0 to {@code max}.
     *
     * @param leastBytes that each of them takes
     */
    public final int count(int max, int leastBytes, ToIntFunction<T> field) {
        return (int) number(ByteSink::varint, in -> in.count(max, leastBytes), field::applyAsInt);
    }

    /** The low 16 bits of a number. */
    public final int fixed16(ToIntFunction<T> field) {
        return (int)
                number(
                        (out, number) -> {
                            out.put((int) number >>> Byte.SIZE & 0xFF);
                            out.put((int) number & 0xFF);
                        },
                        in -> in.get() << Byte.SIZE | in.get(),
                        field::applyAsInt);
    }

    /** A number of 4 bytes. */
    public final int fixed32(ToIntFunction<T> field) {
        return (int)
                number(
                        (out, number) -> out.fixed32((int) number),
                        ByteSource::fixed32,
                        field::applyAsInt);
    }

    /** A number of 8 bytes. */
    public final long fixed64(ToLongFunction<T> field) {
        return number(ByteSink::fixed64, ByteSource::fixed64, field);
    }

    /** An IEEE 754 number of 4 bytes, which need not be finite. */
    public final float float32(ToDoubleFunction<T> field) {
        return Float.intBitsToFloat(
                fixed32(value -> Float.floatToIntBits((float) field.applyAsDouble(value))));
    }

    /**
     * An IEEE 754 number of 4 bytes that must be finite.
     *
     * @param what names the number in the exception, as in "a weight of the blend"
     */
    public final float finite32(String what, ToDoubleFunction<T> field) {
        return (float) finite(what, float32(field));
    }

    /** An IEEE 754 number of 8 bytes. */
    public final double float64(ToDoubleFunction<T> field) {
        return Double.longBitsToDouble(
                fixed64(value -> Double.doubleToRawLongBits(field.applyAsDouble(value))));
    }

    /**
     * An IEEE 754 number of 8 bytes that must be finite.
     *
     * @param what names the number in the exception, as in "a weight of the blend"
     */
    public final double finite64(String what, ToDoubleFunction<T> field) {
        return finite(what, float64(field));
    }

    private static double finite(String what, double number) {
        if (!Double.isFinite(number)) {
            throw new MalformedBytesException(what + " is not finite");
        }
        return number;
    }

    /** Whether something holds: one byte. */
    public final boolean flag(Predicate<T> field) {
        return upTo(1, value -> field.test(value) ? 1 : 0) == 1;
    }

    /** A string of at most this many UTF-8 bytes. */
    public final String text(int maxBytes, Function<T, String> field) {
        return object((text, out) -> out.text(text), in -> in.text(maxBytes), field);
    }

    /** A string that recurs, of at most this many UTF-8 bytes: in full once, then by a number. */
    public final String recurring(int maxBytes, Function<T, String> field) {
        return object((text, out) -> out.recurring(text), in -> in.recurring(maxBytes), field);
    }

    /** An id or another name that recurs. */
    public final String name(Function<T, String> field) {
        return recurring(MAX_NAME_BYTES, field);
    }

    /** A name that recurs, or null. */
    public final @Nullable String nameOrNull(Function<T, @Nullable String> field) {
        return this.<@Nullable String>object(
                (name, out) -> out.recurring(name),
                in -> in.recurringOrNull(MAX_NAME_BYTES),
                field);
    }

    /** A byte array of at most this length. */
    public final byte[] bytes(int max, Function<T, byte[]> field) {
        return object((bytes, out) -> out.bytes(bytes), in -> in.bytes(max), field);
    }

    /** A byte array whose length follows from fields before it. */
    public final byte[] raw(int length, Function<T, byte[]> field) {
        return object((bytes, out) -> out.raw(bytes), in -> in.raw(length), field);
    }

    /** A value with a form of its own. */
    public final <F> F part(Form<F> form, Function<T, F> field) {
        return object(form::write, form::read, field);
    }

    /** A value with a form of its own, behind a byte that distinguishes it from null. */
    public final <F> @Nullable F partOrNull(Form<F> form, Function<T, @Nullable F> field) {
        return flag(value -> field.apply(value) != null) ? part(form, field) : null;
    }

    /** Values in order, behind their number. */
    public final <F> List<F> list(
            int max, Form<F> form, Function<T, ? extends Collection<F>> field) {
        return this.<List<F>>object(
                (all, out) -> {
                    out.varint(all.size());
                    all.forEach(one -> form.write(one, out));
                },
                in -> {
                    List<F> all = new ArrayList<>();
                    for (int left = in.count(max, 1); left > 0; left--) {
                        all.add(form.read(in));
                    }
                    return all;
                },
                value -> List.copyOf(field.apply(value)));
    }

    /** Entries in the order of their keys, behind their number. */
    public final <K extends Comparable<K>, V> SortedMap<K, V> map(
            int max, Form<K> keys, Form<V> values, Function<T, ? extends Map<K, V>> field) {
        return this.<SortedMap<K, V>>object(
                (entries, out) -> {
                    out.varint(entries.size());
                    entries.forEach(
                            (key, entry) -> {
                                keys.write(key, out);
                                values.write(entry, out);
                            });
                },
                in -> {
                    SortedMap<K, V> entries = new TreeMap<>();
                    for (int left = in.count(max, 1); left > 0; left--) {
                        entries.put(keys.read(in), values.read(in));
                    }
                    return entries;
                },
                value -> new TreeMap<>(field.apply(value)));
    }

    /** The value itself, as one of the alternatives of its type. */
    final <A extends T> T as(Class<A> type, Form<A> form) {
        return this.<T>object(
                (value, out) -> form.write(type.cast(value), out), form::read, value -> value);
    }

    /** Fields that are appended to bytes. */
    static final class Written<T> extends Fields<T> {
        private final T value;
        private final ByteSink out;

        Written(T value, ByteSink out) {
            this.value = value;
            this.out = out;
        }

        @Override
        long number(
                ObjLongConsumer<ByteSink> write,
                ToLongFunction<ByteSource> read,
                ToLongFunction<T> field) {
            long number = field.applyAsLong(value);
            write.accept(out, number);
            return number;
        }

        @Override
        <F extends @Nullable Object> F object(
                BiConsumer<F, ByteSink> write, Function<ByteSource, F> read, Function<T, F> field) {
            F object = field.apply(value);
            write.accept(object, out);
            return object;
        }
    }

    /** Fields that are read from bytes. */
    static final class Read<T> extends Fields<T> {
        private final ByteSource in;

        Read(ByteSource in) {
            this.in = in;
        }

        @Override
        long number(
                ObjLongConsumer<ByteSink> write,
                ToLongFunction<ByteSource> read,
                ToLongFunction<T> field) {
            return read.applyAsLong(in);
        }

        @Override
        <F extends @Nullable Object> F object(
                BiConsumer<F, ByteSink> write, Function<ByteSource, F> read, Function<T, F> field) {
            return read.apply(in);
        }
    }
}
