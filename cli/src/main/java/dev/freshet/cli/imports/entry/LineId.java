package dev.freshet.cli.imports.entry;

import dev.freshet.cli.imports.input.InputLine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids of events that have none of their own. An id depends on the text of the line and on its
 * number: a second import of a file has equal ids and changes nothing, and two equal lines of one
 * file have different ids.
 */
public final class LineId {
    private static final int HASH_BYTES = 6;

    private LineId() {}

    /**
     * Returns the id of an event.
     *
     * @param format the name of the format, which begins the id
     */
    public static String of(String format, InputLine line) {
        return of(format, line.number(), line.text());
    }

    /** Returns the id of an event that stands in a line of text. */
    public static String of(String format, long number, String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return format + "-" + number + "-" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
