package dev.freshet.model;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.bytes.Form;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.learn.LearnedState;
import java.math.BigInteger;
import java.util.List;

/**
 * Deltas as bytes: a format version, the marks, the mode of the catalogue, the examples, and the
 * learned rows.
 */
public final class DeltaCodec {
    private static final int MAX_SHARDS = 1_000_000;
    private static final int MAX_SEQUENCE_BYTES = 128;

    private static final Form<BigInteger> SEQUENCE =
            fields -> new BigInteger(fields.bytes(MAX_SEQUENCE_BYTES, BigInteger::toByteArray));

    static final Form<HighWaterMarks> MARKS =
            fields ->
                    HighWaterMarks.of(
                            fields.map(MAX_SHARDS, Form.TEXT, SEQUENCE, HighWaterMarks::byShard));

    static final Form<CatalogueMode> CATALOGUE =
            Form.anyOf(List.of(CatalogueMode.CLOSED, CatalogueMode.OPEN));

    private static final Form<Delta> DELTA =
            fields -> {
                HighWaterMarks marks = fields.part(MARKS, Delta::marks);
                CatalogueMode catalogue = fields.part(CATALOGUE, Delta::catalogue);
                return new Delta(
                        fields.part(ExampleCodec.BATCH, Delta::examples),
                        marks,
                        catalogue,
                        fields.part(LearnedState.Rows.FORM, Delta::learned));
            };

    private DeltaCodec() {}

    /** Encodes a delta; equal deltas have equal bytes. */
    public static byte[] encode(Delta delta) {
        return StoredFormat.DELTA.encode(delta, DELTA, 1 << 12);
    }

    /**
     * Decodes a delta.
     *
     * @throws MalformedBytesException when the bytes are not a valid delta
     */
    public static Delta decode(byte[] bytes) {
        return StoredFormat.DELTA.decode(bytes, DELTA);
    }
}
