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

    private SnapshotCodec() {}

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
            throw new MalformedBytesException("a part of the model", invalid);
        }
    }
}
