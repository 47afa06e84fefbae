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
    static final int FORMAT = 1;

    private SnapshotCodec() {}

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
