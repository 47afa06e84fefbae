package dev.freshet.example;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a list of examples into as few records of {@code examples} as their sizes allow, in order.
 */
public final class ExampleParts {
    private ExampleParts() {}

    /**
     * One record.
     *
     * @param from index of its first example
     * @param to index after its last example
     * @param bytes the encoded examples
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Part(int from, int to, byte[] bytes) {}

    /**
     * Encodes the examples; the size of each part is found by trial, with two encodings on average.
     *
     * @throws IllegalArgumentException if a single example is longer than {@code mostBytes}
     */
    public static List<Part> of(List<Example> examples, int mostBytes) {
        List<Part> parts = new ArrayList<>();
        int from = 0;
        while (from < examples.size()) {
            Part part = longest(examples, from, mostBytes);
            parts.add(part);
            from = part.to();
        }
        return parts;
    }

    /**
     * Puts examples in as few records as they need.
     *
     * @throws dev.freshet.store.StoreUnavailableException if a record was not acknowledged
     */
    public static void putAll(List<Example> examples, ExampleLog log) {
        of(examples, ExampleLog.MAX_RECORD_BYTES).forEach(part -> log.put(part.bytes()));
    }

    private static Part longest(List<Example> examples, int from, int mostBytes) {
        int to = examples.size();
        while (true) {
            byte[] bytes = ExampleCodec.encode(examples.subList(from, to));
            if (bytes.length <= mostBytes) {
                return new Part(from, to, bytes);
            }
            int count = to - from;
            if (count == 1) {
                throw new IllegalArgumentException(
                        "one example takes " + bytes.length + " bytes of " + mostBytes);
            }
            long fitting = (long) count * mostBytes / bytes.length * 95 / 100;
            to = from + Math.clamp(fitting, 1, count - 1);
        }
    }
}
