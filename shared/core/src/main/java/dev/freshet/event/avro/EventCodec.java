package dev.freshet.event.avro;

import dev.freshet.event.Event;
import dev.freshet.event.avro.UnreadableEventException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
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
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException("an event of more than " + MAX_BYTES + " bytes");
        }
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
}
