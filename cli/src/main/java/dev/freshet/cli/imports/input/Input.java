package dev.freshet.cli.imports.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a file, read once from the first to the last. */
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
     * Opens a table in text, whose quoted cells may hold ends of lines. Such a row has the number
     * of its first line.
     *
     * @throws IOException if it cannot be read
     */
    static Input table(Path file) throws IOException {
        return new QuotedLines(TextInput.open(file));
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
}
