package dev.freshet.access;

import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.Form;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A text of a binary form, with its length in front: in UTF-8, or in UTF-16 where that is shorter,
 * as it is for most scripts of Asia. A text of n UTF-16 characters takes at most 2n + 2 bytes.
 */
final class CompactText {
    /** The bit of the length that marks UTF-16. */
    private static final int WIDE = 1 << 15;

    static final Form<String> FORM = Form.of(CompactText::write, CompactText::read);

    private CompactText() {}

    private static void write(String text, ByteSink out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        boolean wide = utf8.length > 2 * text.length();
        byte[] bytes = wide ? text.getBytes(StandardCharsets.UTF_16BE) : utf8;
        if (bytes.length >= WIDE) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes is too long");
        }
        int length = bytes.length | (wide ? WIDE : 0);
        out.put(length >>> Byte.SIZE);
        out.put(length);
        out.raw(bytes);
    }

    private static String read(ByteSource in) {
        int length = in.get() << Byte.SIZE | in.get();
        Charset charset = (length & WIDE) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE;
        return new String(in.raw(length & ~WIDE), charset);
    }
}
