package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.Sha256;
import dev.freshet.cli.imports.entry.JsonLines;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.Input;
import dev.freshet.cli.imports.sending.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What one import reads: a file, or the rows of a query.
 *
 * @param parser converts its lines
 * @param name the file; for a query, a name in the working directory that is made of its hash. The
 *     files that the import writes have this name and an ending
 * @param hash of the first 64 KiB of the file, or of the query
 * @param opener opens it at its first line
 */
record ImportSource(LineParser parser, Path name, String hash, Opener opener) {
    private static final int BEGINNING = 1 << 16;
    private static final int NAME_DIGITS = 8;

    /** Opens an input. */
    interface Opener {
        Input open() throws IOException;
    }

    /**
     * Returns a file.
     *
     * @throws CommandException if it cannot be read, or there is no such format
     */
    static ImportSource ofFile(String format, Path file) throws IOException {
        LineParser parser = LineParser.of(format);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
        try (InputStream in = Files.newInputStream(file)) {
            String hash = Sha256.of(in.readNBytes(BEGINNING));
            return new ImportSource(parser, file, hash, () -> Input.text(file));
        }
    }

    /** Returns the rows of a DuckDB query. */
    static ImportSource ofQuery(String sql) {
        String hash = Sha256.of(sql.getBytes(StandardCharsets.UTF_8));
        return new ImportSource(
                JsonLines.query(),
                Path.of("query-" + hash.substring(0, NAME_DIGITS)),
                hash,
                () -> Input.query(sql));
    }

    /** Returns what identifies the import of an open input into the stack at an address. */
    Checkpoint.Source identity(String endpoint, Input opened) {
        return new Checkpoint.Source(endpoint, parser.name(), opened.total(), hash);
    }

    /**
     * Returns the file beside the input with an ending; empty where its folder cannot be written.
     */
    Optional<Path> sibling(String ending) {
        Path folder = name.toAbsolutePath().getParent();
        return folder != null && Files.isWritable(folder)
                ? Optional.of(name.resolveSibling(name.getFileName() + ending))
                : Optional.empty();
    }
}
