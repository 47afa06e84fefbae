package dev.freshet.model.codec;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ItemCodec;
import dev.freshet.model.Delta;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.learn.LearnedRows;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;

/**
 * Deltas as bytes: a format version, the marks, the mode of the catalogue, the examples, and the
 * learned rows.
 */
public final class DeltaCodec {
    private static final int MOST_SHARDS = 1_000_000;
    private static final int MOST_SEQUENCE_BYTES = 128;

    private DeltaCodec() {}

    /** Encodes a delta; equal deltas have equal bytes. */
    public static byte[] encode(Delta delta) {
        byte[] examples = ExampleCodec.encode(delta.examples());
        ByteSink out = new ByteSink(examples.length + 256);
        out.put(StoredFormat.DELTA.written());
        write(delta.marks(), out);
        write(delta.catalogue(), out);
        out.bytes(examples);
        delta.learned().write(out);
        return out.toBytes();
    }

    /**
     * Decodes a delta.
     *
     * @throws MalformedBytesException when the bytes are not a valid delta
     */
    public static Delta decode(byte[] bytes) {
        ByteSource in = new ByteSource(bytes);
        StoredFormat.DELTA.read(in);
        HighWaterMarks marks = marks(in);
        CatalogueMode catalogue = catalogue(in);
        byte[] examples = in.bytes(bytes.length);
        LearnedRows learned = LearnedRows.read(in);
        in.end();
        return new Delta(ExampleCodec.decode(examples), marks, catalogue, learned);
    }

    static void write(CatalogueMode catalogue, ByteSink out) {
        out.put(catalogue == CatalogueMode.OPEN ? 1 : 0);
    }

    static CatalogueMode catalogue(ByteSource in) {
        return in.flag() ? CatalogueMode.OPEN : CatalogueMode.CLOSED;
    }

    static void write(HighWaterMarks marks, ByteSink out) {
        out.varint(marks.byShard().size());
        marks.byShard()
                .forEach(
                        (shard, sequence) -> {
                            out.text(shard);
                            out.bytes(sequence.toByteArray());
                        });
    }

    static HighWaterMarks marks(ByteSource in) {
        Map<String, BigInteger> marks = new TreeMap<>();
        for (int left = in.count(MOST_SHARDS, 3); left > 0; left--) {
            String shard = in.text(ItemCodec.MOST_NAME_BYTES);
            byte[] sequence = in.bytes(MOST_SEQUENCE_BYTES);
            if (sequence.length == 0) {
                throw new MalformedBytesException("a high-water mark has no sequence number");
            }
            marks.put(shard, new BigInteger(sequence));
        }
        return HighWaterMarks.of(marks);
    }
}
