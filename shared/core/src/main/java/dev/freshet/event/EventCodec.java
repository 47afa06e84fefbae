package dev.freshet.event;

import static dev.freshet.check.Check.require;

import dev.freshet.event.EventCodec.UnreadableEventException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of events on the {@code events} stream: Avro in <a
 * href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">single-object
 * encoding</a>, which is two bytes of marker, eight bytes of schema fingerprint, little-endian, and
 * the datum. The encoder uses the latest version of the schema, the decoder accepts every version.
 * Safe for use by several threads.
 */
public final class EventCodec {
    /**
     * The greatest length of an encoded event, in bytes: more than an event of the greatest length
     * as JSON takes with the items of its exposure token.
     */
    public static final int MAX_BYTES = 96 << 10;

    private static final byte[] MARKER = {(byte) 0xC3, 0x01};
    private static final int HEADER = MARKER.length + Long.BYTES;

    private final EventSchemas schemas;
    private final EventRecords records;
    private final long fingerprint;
    private final Map<Long, GenericDatumReader<GenericRecord>> readers = new ConcurrentHashMap<>();

    public EventCodec() {
        this(EventSchemas.packed());
    }

    EventCodec(EventSchemas schemas) {
        this.schemas = schemas;
        this.records = new EventRecords(schemas.latest());
        this.fingerprint = SchemaNormalization.parsingFingerprint64(schemas.latest());
    }

    /**
     * Encodes an event.
     *
     * @throws IllegalArgumentException if the result has more than {@value #MAX_BYTES} bytes
     */
    public byte[] encode(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        bytes.writeBytes(
                ByteBuffer.allocate(HEADER)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(MARKER)
                        .putLong(fingerprint)
                        .array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericRecord>(schemas.latest())
                    .write(records.toRecord(event), encoder);
            encoder.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        require(bytes.size() <= MAX_BYTES, "an event of more than " + MAX_BYTES + " bytes");
        return bytes.toByteArray();
    }

    /**
     * Decodes an event of the latest or an earlier version of the schema.
     *
     * @throws UnreadableEventException if the bytes are not such an event
     */
    public Event decode(byte[] bytes) {
        if (bytes.length < HEADER || bytes[0] != MARKER[0] || bytes[1] != MARKER[1]) {
            throw new UnreadableEventException(
                    Reason.NOT_AN_EVENT, "no Avro single-object header in front", null);
        }
        if (bytes.length > MAX_BYTES) {
            throw new UnreadableEventException(
                    Reason.DAMAGED, "more than " + MAX_BYTES + " bytes", null);
        }
        long written = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER.length);
        return event(datum(bytes, reader(written)));
    }

    private GenericDatumReader<GenericRecord> reader(long written) {
        Schema writer =
                schemas.find(written)
                        .orElseThrow(
                                () ->
                                        new UnreadableEventException(
                                                Reason.UNKNOWN_SCHEMA,
                                                "no schema has the fingerprint "
                                                        + Long.toHexString(written),
                                                null));
        return readers.computeIfAbsent(
                written, f -> new GenericDatumReader<>(writer, schemas.latest()));
    }

    private static GenericRecord datum(byte[] bytes, GenericDatumReader<GenericRecord> reader) {
        try {
            BinaryDecoder decoder =
                    DecoderFactory.get().binaryDecoder(bytes, HEADER, bytes.length - HEADER, null);
            GenericRecord datum = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UnreadableEventException(
                        Reason.DAMAGED, "bytes behind the end of the datum", null);
            }
            return datum;
        } catch (IOException
                | AvroRuntimeException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | UnsupportedOperationException damaged) {
            throw new UnreadableEventException(
                    Reason.DAMAGED, "not what its schema says: " + damaged.getClass(), damaged);
        }
    }

    private Event event(GenericRecord datum) {
        try {
            return records.toEvent(datum);
        } catch (RuntimeException broken) {
            throw new UnreadableEventException(
                    Reason.BREAKS_A_RULE, "no event: " + broken.getMessage(), broken);
        }
    }

    /**
     * The versions of the schema of the {@code events} stream, by fingerprint (CRC-64-AVRO of the
     * canonical form). A version is kept for as long as a record or a quarantined object may have
     * it.
     *
     * @param versions oldest first; the encoder uses the last
     */
    record EventSchemas(List<Schema> versions, Map<Long, Schema> byFingerprint) {
        private static final int LATEST = 1;

        static EventSchemas of(List<Schema> versions) {
            Map<Long, Schema> byFingerprint = new HashMap<>();
            versions.forEach(
                    v -> byFingerprint.put(SchemaNormalization.parsingFingerprint64(v), v));
            return new EventSchemas(List.copyOf(versions), Map.copyOf(byFingerprint));
        }

        /**
         * Returns the versions on the class path: {@code event-v1.avsc} and those that follow it.
         */
        static EventSchemas packed() {
            List<Schema> versions = new ArrayList<>();
            for (int version = 1; version <= LATEST; version++) {
                versions.add(read("event-v" + version + ".avsc"));
            }
            return of(versions);
        }

        static Schema read(String resource) {
            try (InputStream in = EventSchemas.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalStateException("not packed: " + resource);
                }
                return new Schema.Parser().parse(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Schema latest() {
            return versions.getLast();
        }

        Optional<Schema> find(long fingerprint) {
            return Optional.ofNullable(byFingerprint.get(fingerprint));
        }
    }

    /** Thrown for bytes of the {@code events} stream that are not an event and go to quarantine. */
    public static final class UnreadableEventException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** The reasons for which bytes cannot be decoded. */
        public enum Reason {
            /** The single-object header is missing. */
            NOT_AN_EVENT,
            /** No known version of the schema has the fingerprint; it may be a later version. */
            UNKNOWN_SCHEMA,
            /** The datum is truncated, too long, or does not match the schema. */
            DAMAGED,
            /**
             * The datum is well-formed but breaks a rule of {@link dev.freshet.event.Event}, such
             * as by an unknown type.
             */
            BREAKS_A_RULE
        }

        private final Reason reason;

        UnreadableEventException(Reason reason, String detail, @Nullable Throwable cause) {
            super(detail, cause);
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }
    }
}
