package dev.freshet.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.cli.imports.Account.Totals;
import dev.freshet.console.CommandException;
import dev.freshet.console.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far an import has come: all that the lines up to {@code line} say is settled.
 *
 * @param source what is imported where: another source's checkpoint does not count
 * @param line number of the last line that is settled, 0 where none is
 */
public record Checkpoint(Source source, long line, Totals totals) {

    /**
     * What is imported where.
     *
     * @param endpoint address of the API
     * @param format name of the format
     * @param size bytes of the file, or rows of the query
     * @param hash of the first 64 KiB of the file, or of the query
     */
    public record Source(String endpoint, String format, long size, String hash) {}

    /** Returns the checkpoint of an import that has not begun. */
    public static Checkpoint start(Source source) {
        return new Checkpoint(source, 0, new Totals(0, 0, 0, new TreeMap<>(), new TreeMap<>()));
    }

    /**
     * Reads a checkpoint; empty if the file does not exist.
     *
     * @throws CommandException if the file is that of another import, or no checkpoint
     */
    public static Optional<Checkpoint> read(Path file, Source source) throws IOException {
        Optional<Checkpoint> begun;
        try {
            begun = file(file).read();
        } catch (JsonProcessingException damaged) {
            throw new CommandException(
                    damaged,
                    "%s is not a checkpoint of an import; add --restart to begin anew.",
                    file);
        }
        CommandException.require(
                begun.isEmpty() || source.equals(begun.get().source()),
                "%s belongs to an import of another file, query, format or stack that was interrupted; add --restart to begin anew.",
                file);
        return begun;
    }

    /** Writes the checkpoint in place of the one before it. */
    void write(Path file) throws IOException {
        file(file).write(this);
    }

    private static StateFile<Checkpoint> file(Path file) {
        return new StateFile<>(file, Checkpoint.class);
    }
}
