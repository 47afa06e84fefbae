package dev.freshet.model.bytes;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes strings that recur: the first occurrence in full, later ones by number. The number 0
 * stands for null; 1 means that the string follows in full.
 */
public final class TextSink {
    static final int FIRST_NUMBER = 2;

    private final ByteSink out;
    private final Map<String, Integer> numbers = new HashMap<>();

    public TextSink(ByteSink out) {
        this.out = out;
    }

    /** Writes a string or null. */
    public void put(@Nullable String text) {
        Integer number = text == null ? null : numbers.get(text);
        if (text == null) {
            out.varint(0);
        } else if (number == null) {
            out.varint(1);
            out.text(text);
            numbers.put(text, numbers.size() + FIRST_NUMBER);
        } else {
            out.varint(number);
        }
    }
}
