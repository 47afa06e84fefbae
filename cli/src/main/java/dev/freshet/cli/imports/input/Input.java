package dev.freshet.cli.imports.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
     * Opens a file of Apache Parquet, whose rows are lines of JSON.
     *
     * @throws dev.freshet.cli.CommandException if it is no Parquet, or compressed in a way that is
     *     not read
     * @throws IOException if it cannot be read
     */
    static Input parquet(Path file) throws IOException {
        return ParquetInput.open(file);
    }

    /**
     * Returns the names of the columns of a file of Apache Parquet.
     *
     * @throws dev.freshet.cli.CommandException if it is no Parquet
     * @throws IOException if it cannot be read
     */
    static List<String> parquetColumns(Path file) throws IOException {
        return ParquetInput.columns(file);
    }

    /** Returns whether a file begins as one of Apache Parquet does. */
    static boolean isParquet(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(4), "PAR1".getBytes(StandardCharsets.US_ASCII));
        }
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
