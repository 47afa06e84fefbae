package dev.freshet.cli.imports.input;

import java.io.IOException;
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
     * @throws dev.freshet.cli.CommandException if there is no DuckDB, it refuses the query, or the
     *     query gives neither events nor items nor users
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
}
