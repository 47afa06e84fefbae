package dev.freshet.example;

import static dev.freshet.check.Check.require;

import dev.freshet.event.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Port: the {@code examples} stream, for producers. */
public interface ExampleLog {
    /** Longest record, in bytes; Kinesis accepts 1 MiB. */
    int MAX_RECORD_BYTES = 512 << 10;

    /**
     * Puts one record of encoded examples and returns once it is acknowledged.
     *
     * @throws dev.freshet.store.StoreUnavailableException if it was not acknowledged, or that is
     *     unknown
     */
    void put(byte[] record);

    /**
     * Checks a record's length, for adapters.
     *
     * @throws IllegalArgumentException for an empty record, or one of more than {@value
     *     #MAX_RECORD_BYTES} bytes
     */
    static void check(byte[] record) {
        require(
                record.length != 0 && record.length <= MAX_RECORD_BYTES,
                "a record has 1 to " + MAX_RECORD_BYTES + " bytes, not " + record.length);
    }

    /**
     * Port: the {@code examples} stream read in order from a point in its past, to rebuild a model.
     */
    interface ExampleHistory {
        /**
         * Returns the next records; none where there are no newer ones yet. After a {@link
         * dev.freshet.store.StoreUnavailableException} the next call returns the records that this
         * call would have returned.
         *
         * @param limit most records
         */
        List<StreamRecord> next(int limit);

        /** Returns how far the last read was behind the stream's end; zero at the end. */
        Duration behind();
    }

    /**
     * Splits a list of examples into as few records of {@code examples} as their sizes allow, in
     * order.
     */
    final class ExampleParts {
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
         * Encodes the examples; the size of each part is found by trial, with two encodings on
         * average.
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
                require(count != 1, "one example takes " + bytes.length + " bytes of " + mostBytes);
                long fitting = (long) count * mostBytes / bytes.length * 95 / 100;
                to = from + Math.clamp(fitting, 1, count - 1);
            }
        }
    }
}
