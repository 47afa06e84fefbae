package dev.freshet.model.log;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/** The format of consecutive deltas in one object: their number, then each with its length. */
public final class DeltaSpan {
    /** Most deltas of one object. */
    public static final int MAX_DELTAS = 16;

    /** Most bytes of the deltas of one object. */
    public static final int MAX_BYTES = 4 << 20;

    private DeltaSpan() {}

    /** Returns the bytes of an object with these deltas. */
    public static byte[] encode(List<byte[]> deltas) {
        int size = deltas.stream().mapToInt(delta -> delta.length).sum();
        if (deltas.size() > MAX_DELTAS || size > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "%d deltas of %d bytes are more than a span holds"
                            .formatted(deltas.size(), size));
        }
        ByteSink sink = new ByteSink(size + 5 * MAX_DELTAS);
        sink.varint(deltas.size());
        deltas.forEach(sink::bytes);
        return sink.toBytes();
    }

    /**
     * Returns the deltas of an object, in order.
     *
     * @throws MalformedBytesException if the bytes are no such object
     */
    static List<byte[]> decode(byte[] bytes) {
        ByteSource source = new ByteSource(bytes);
        int count = source.count(MAX_DELTAS, 1);
        List<byte[]> deltas = new ArrayList<>(count);
        for (int at = 0; at < count; at++) {
            deltas.add(source.bytes(MAX_BYTES));
        }
        source.end();
        return deltas;
    }
}
