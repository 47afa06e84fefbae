package dev.freshet.model.log;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.check.Millis;
import dev.freshet.model.log.ModelArchive.StoredObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest version of a model as its trainer announced it, so that a replica learns by one small
 * read whether anything is new and what to load. It is written after the row of the version and may
 * be older than the log's end, never newer.
 *
 * @param modelId the model
 * @param version the version, from 1
 * @param delta the object of its delta
 * @param at when the version was made
 * @param span an object that holds the deltas of the last versions up to this one, where they
 *     follow each other faster than replicas read; else null
 */
public record NewestVersion(
        String modelId, long version, StoredObject delta, Instant at, @Nullable Span span) {

    /**
     * Several consecutive deltas as one object.
     *
     * @param first the first version that it holds
     */
    public record Span(long first, StoredObject object) {}

    public NewestVersion {
        at = Millis.of(at);
        require(version >= 1, "version must be at least 1");
        if (span != null && (span.first() < 1 || span.first() > version)) {
            throw new IllegalArgumentException(
                    "a span of versions that end with "
                            + version
                            + " cannot begin with "
                            + span.first());
        }
    }

    /** Returns whether a model of this version can be brought to this one by one object. */
    boolean follows(long from) {
        return from == version - 1 || (span != null && from >= span.first() - 1 && from < version);
    }

    /** The format of consecutive deltas in one object: their number, then each with its length. */
    public static final class DeltaSpan {
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
}
