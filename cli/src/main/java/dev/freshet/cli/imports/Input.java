package dev.freshet.cli.imports;

import dev.freshet.check.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a file or the rows of a query, read once from the first to the last. */
public interface Input extends AutoCloseable {
    /**
     * Opens a file of text, which may be compressed with gzip.
     *
     * @throws IOException if it cannot be read
     */
    static Input text(Path file) throws IOException {
        return TextInput.open(file);
    }

    /**
     * Runs a DuckDB query, whose rows are lines of JSON.
     *
     * @throws dev.freshet.console.CommandException if there is no DuckDB, it refuses the query, or
     *     the query gives neither events nor items nor users
     */
    static Input query(String sql) {
        return QueryInput.open(sql);
    }

    /**
     * Returns the next line; empty at the end.
     *
     * @throws IOException if the file cannot be read on
     */
    Optional<InputLine> next() throws IOException;

    /** Returns how much has been read, in the unit of {@link #total}. */
    long done();

    /** Returns the size of the whole input, in bytes or rows. */
    long total();

    @Override
    void close() throws IOException;

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
         * Returns the id of an event that has none of its own. It depends on the text of the line
         * and on its number: a second import has equal ids and changes nothing, and two equal lines
         * of one file have different ids.
         *
         * @param format the name of the format, which begins the id
         */
        public String eventId(String format) {
            String hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
            return format + "-" + number + "-" + hash.substring(0, HASH_DIGITS);
        }
    }
}
