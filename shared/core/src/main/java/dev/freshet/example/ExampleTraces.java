package dev.freshet.example;

import dev.freshet.event.TraceId;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The traces of the requests that a record of {@code examples} goes back to, in front of its
 * examples: a mark, a count, 16 bytes each. For the logs alone: deltas and the model hold none of
 * it. A record without traces is the examples' bytes alone, as all were before there were traces.
 */
public final class ExampleTraces {
    /** Most traces beside a record's examples; further ones are left out. */
    public static final int MAX_TRACES = 256;

    /** Most bytes that they take. */
    public static final int MAX_BYTES = 3 + 16 * MAX_TRACES;

    /** No format of {@link ExampleCodec} begins so. */
    private static final int MARK = 'T';

    private ExampleTraces() {}

    /** A record: the examples' bytes behind the first {@value #MAX_TRACES} different traces. */
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

    /** The first {@value #MAX_TRACES} different ones, in order. */
    public static List<TraceId> bounded(List<TraceId> traces) {
        Set<TraceId> known = new HashSet<>();
        return traces.stream().filter(known::add).limit(MAX_TRACES).toList();
    }

    /**
     * The traces in front of a record's examples.
     *
     * @throws MalformedBytesException where they are damaged
     */
    public static List<TraceId> of(byte[] record) {
        return marked(record).map(ExampleTraces::read).orElse(List.of());
    }

    /** A record's examples without what stands in front of them. */
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
            if (high == 0 && low == 0) {
                throw new MalformedBytesException("a trace id of all 0");
            }
            traces.add(new TraceId("%016x%016x".formatted(high, low)));
        }
        return List.copyOf(traces);
    }
}
