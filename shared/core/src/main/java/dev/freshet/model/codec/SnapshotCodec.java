package dev.freshet.model.codec;

import dev.freshet.model.Model;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.time.DateTimeException;

/**
 * The binary form of whole models. It is canonical: models that result from the same examples have
 * equal bytes, whether folded in one go or continued from a snapshot; the version number is not
 * part of it. ≈ 12 B a basket entry, ≈ 60 B an item and its texts.
 */
public final class SnapshotCodec {
    static final int FORMAT = 4;

    /**
     * Does not know where something counted was met, nor what was counted on earlier days, nor what
     * rows and windows have lost; still read.
     */
    static final int WITHOUT_PLACES = 3;

    /**
     * Knows no ratings, ends before what is learned by steps, and keeps a table of next items;
     * still read.
     */
    static final int WITHOUT_LEARNED = 1;

    private SnapshotCodec() {}

    /** Whether a format that is read holds ratings and what is learned by steps. */
    static boolean learned(int format) {
        return format > WITHOUT_LEARNED;
    }

    /** Whether it tells where something counted was met, and what was lost. */
    static boolean places(int format) {
        return format > WITHOUT_PLACES;
    }

    /** Encodes a model. */
    public static byte[] encode(Model model) {
        return new SnapshotWriter(model).write();
    }

    /**
     * Decodes a model and the settings that it was made under.
     *
     * @throws MalformedBytesException when the bytes are not a valid model
     */
    public static Model decode(byte[] bytes) {
        try {
            return new SnapshotReader(new ByteSource(bytes)).read();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException invalid) {
            throw new MalformedBytesException(
                    "a part of the model is invalid: " + invalid.getMessage());
        }
    }
}
