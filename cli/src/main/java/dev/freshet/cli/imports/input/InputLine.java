package dev.freshet.cli.imports.input;

import dev.freshet.cli.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * One line of a file, or one row of a query as a line of JSON.
 *
 * @param number position in the input, from 1
 * @param text the line without its end; at most {@value #MAX_LENGTH} characters
 * @param cut whether the line was longer, and the rest was left out
 */
public record InputLine(long number, String text, boolean cut) {
    /** Most characters of a line. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final int HASH_DIGITS = 12;

    /** Creates a line that is complete. */
    public InputLine(long number, String text) {
        this(number, text, false);
    }

    /** Returns a line of a text of any length. */
    static InputLine of(long number, String text) {
        return text.length() <= MAX_LENGTH
                ? new InputLine(number, text)
                : new InputLine(number, text.substring(0, MAX_LENGTH), true);
    }

    /**
     * Returns the id of an event that has none of its own. It depends on the text of the line and
     * on its number: a second import has equal ids and changes nothing, and two equal lines of one
     * file have different ids.
     *
     * @param format the name of the format, which begins the id
     */
    public String eventId(String format) {
        String hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return format + "-" + number + "-" + hash.substring(0, HASH_DIGITS);
    }
}
