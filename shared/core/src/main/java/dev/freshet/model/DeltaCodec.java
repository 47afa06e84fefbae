package dev.freshet.model;

import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.bytes.StoredFormat;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.learn.LearnedState;
import java.util.List;

/**
 * Deltas as bytes: a format version, the marks, the mode of the catalogue, the examples, and the
 * learned rows.
 */
public final class DeltaCodec {
    static final Form<CatalogueMode> CATALOGUE =
            Form.anyOf(List.of(CatalogueMode.CLOSED, CatalogueMode.OPEN));

    private static final Form<Delta> DELTA =
            fields -> {
                HighWaterMarks marks = fields.part(HighWaterMarks.FORM, Delta::marks);
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
