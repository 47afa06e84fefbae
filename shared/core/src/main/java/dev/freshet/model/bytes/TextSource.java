package dev.freshet.model.bytes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TextSink} wrote; equal strings come out as one object. */
public final class TextSource {
    private final ByteSource in;
    private final List<String> known = new ArrayList<>();

    public TextSource(ByteSource in) {
        this.in = in;
    }

    /** Reads a string of at most so many UTF-8 bytes. */
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

    public String get(int most) {
        String text = getOrNull(most);
        if (text == null) {
            throw new MalformedBytesException("a string is missing that must be there");
        }
        return text;
    }
}
