package dev.freshet.access;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A text of a binary form, with its length in front: in UTF-8, or in UTF-16 where that is shorter,
 * as it is for most scripts of Asia. A text of n UTF-16 characters takes at most 2n + 2 bytes.
 */
final class CompactText {
    /** The bit of the length that marks UTF-16. */
    private static final int WIDE = 1 << 15;

    private CompactText() {}

    /**
     * Writes a text.
     *
     * @throws IllegalArgumentException if it takes more than 32,767 bytes
     */
    static void write(String text, DataOutput out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean wide = utf8.length > 2 * text.length();
        byte[] bytes = wide ? text.getBytes(StandardCharsets.UTF_16BE) : utf8;
        if (bytes.length >= WIDE) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is too long");
        }
        out.writeShort(bytes.length | (wide ? WIDE : 0));
        out.write(bytes);
    }

    /** Reads a text of {@link #write}. */
    static String read(DataInput in) throws IOException {
        int length = in.readUnsignedShort();
        Charset charset = (length & WIDE) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE;
        byte[] bytes = new byte[length & ~WIDE];
        in.readFully(bytes);
        return new String(bytes, charset);
    }
}
