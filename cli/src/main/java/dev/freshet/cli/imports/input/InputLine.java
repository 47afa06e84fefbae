package dev.freshet.cli.imports.input;

/**
 * One line of a file, or one row of a table as a line of JSON.
 *
 * @param number position in the file, from 1
 * @param text the line without its end; at most {@value #MAX_LENGTH} characters
 * @param cut whether the line was longer, and the rest was left out
 */
public record InputLine(long number, String text, boolean cut) {
    /** Most characters of a line. */
    public static final int MAX_LENGTH = 1 << 20;

    /** Creates a line that is complete. */
    public InputLine(long number, String text) {
        this(number, text, false);
    }
}
