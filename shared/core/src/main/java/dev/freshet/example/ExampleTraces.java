package dev.freshet.example;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.event.TraceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The trace ids of the requests from which a record of {@code examples} stems, as a prefix of the
 * record: a mark, a count, 16 bytes each. Used for logs only: deltas and the model do not hold
 * them. A record without traces has no prefix, as records had before traces were introduced.
 */
public final class ExampleTraces {
    /** Most traces of one record; further ones are left out. */
    public static final int MAX_TRACES = 256;

    /** Most bytes of the prefix. */
    public static final int MAX_BYTES = 3 + 16 * MAX_TRACES;

    /** First byte of the prefix; no format of {@link ExampleCodec} begins with it. */
    private static final int MARK = 'T';

    private ExampleTraces() {}

    /**
     * Returns a record: the first {@value #MAX_TRACES} different traces, then the examples' bytes.
     */
    public static byte[] with(List<TraceId> traces, byte[] examples) {
        List<TraceId> kept = bounded(traces);
        if (kept.isEmpty()) {
            return examples;
        }
        ByteSink out = new ByteSink(MAX_BYTES + examples.length);
        out.put(MARK);
        out.varint(kept.size());
        for (TraceId trace : kept) {
            out.fixed64(Long.parseUnsignedLong(trace.digits(), 0, 16, 16));
            out.fixed64(Long.parseUnsignedLong(trace.digits(), 16, 32, 16));
        }
        out.raw(examples);
        return out.toBytes();
    }

    /** Returns the first {@value #MAX_TRACES} different traces, in order. */
    public static List<TraceId> bounded(List<TraceId> traces) {
        Set<TraceId> seen = new HashSet<>();
        return traces.stream().filter(seen::add).limit(MAX_TRACES).toList();
    }

    /**
     * Returns the traces of a record.
     *
     * @throws MalformedBytesException if the prefix is damaged
     */
    public static List<TraceId> of(byte[] record) {
        return marked(record).map(ExampleTraces::read).orElse(List.of());
    }

    /** Returns a record's examples without the prefix. */
    static byte[] without(byte[] record) {
        return marked(record)
                .map(
                        in -> {
                            in.raw(16 * in.count(MAX_TRACES, 16));
                            return Arrays.copyOfRange(
                                    record, record.length - in.remaining(), record.length);
                        })
                .orElse(record);
    }

    private static Optional<ByteSource> marked(byte[] record) {
        ByteSource in = new ByteSource(record);
        return in.get() == MARK ? Optional.of(in) : Optional.empty();
    }

    private static List<TraceId> read(ByteSource in) {
        List<TraceId> traces = new ArrayList<>();
        for (int left = in.count(MAX_TRACES, 16); left > 0; left--) {
            long high = in.fixed64();
            long low = in.fixed64();
            MalformedBytesException.unless(high != 0 || low != 0, "a trace id of all 0");
            traces.add(new TraceId("%016x%016x".formatted(high, low)));
        }
        return List.copyOf(traces);
    }
}
