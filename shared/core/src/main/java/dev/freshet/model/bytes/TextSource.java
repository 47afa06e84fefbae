package dev.freshet.model.bytes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the strings that {@link TextSink} wrote; equal strings are returned as one object. */
public final class TextSource {
    private final ByteSource in;
    private final List<String> known = new ArrayList<>();

    public TextSource(ByteSource in) {
        this.in = in;
    }

    /** Reads a string of at most this many UTF-8 bytes, or null. */
    public @Nullable String getOrNull(int most) {
        int number = in.upTo(known.size() + TextSink.FIRST_NUMBER - 1);
        if (number == 0) {
            return null;
        }
        if (number >= TextSink.FIRST_NUMBER) {
            return known.get(number - TextSink.FIRST_NUMBER);
        }
        String text = in.text(most);
        known.add(text);
        return text;
    }

    /**
     * Reads a string of at most this many UTF-8 bytes.
     *
     * @throws MalformedBytesException when the string is null
     */
    public String get(int most) {
        String text = getOrNull(most);
        if (text == null) {
            throw new MalformedBytesException("a required string is missing");
        }
        return text;
    }
}
