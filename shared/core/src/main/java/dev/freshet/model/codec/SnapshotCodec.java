package dev.freshet.model.codec;

import dev.freshet.model.Model;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.time.DateTimeException;

/**
 * Whole models as bytes. Canonical: models that came to be in the same way have the same bytes,
 * whether folded in one go or continued from a snapshot; the version stands outside. ≈ 12 B a
 * basket entry, ≈ 60 B an item and its texts.
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

    public static byte[] encode(Model model) {
        return new SnapshotWriter(model).write();
    }

    /**
     * The model, with the settings that it was made under.
     *
     * @throws MalformedBytesException when these are not the bytes of a model
     */
    public static Model decode(byte[] bytes) {
        try {
            return new SnapshotReader(new ByteSource(bytes)).read();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException invalid) {
            throw new MalformedBytesException(
                    "a part of the model breaks a rule: " + invalid.getMessage());
        }
    }
}
