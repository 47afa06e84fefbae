package dev.freshet.cli.imports;

import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.console.CommandException;
import dev.freshet.console.PrivateFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file that receives each refused line with the code and the sentence of its refusal, as JSON
 * lines. It is made by the first refusal. Safe for several threads.
 */
public final class RefusalFile implements AutoCloseable {
    /** Most characters of a line that are kept. */
    private static final int MAX_TEXT = 16_384;

    private final Optional<Path> file;
    private final Opener opener;
    private @Nullable Writer out;

    /** Opens the file. */
    @FunctionalInterface
    interface Opener {
        Writer open(Path file) throws IOException;
    }

    /**
     * Creates a file; without a path nothing is written.
     *
     * @param resumed whether to add to a file that exists instead of replacing it
     */
    public RefusalFile(Optional<Path> file, boolean resumed) {
        this(
                file,
                path ->
                        Files.newBufferedWriter(
                                PrivateFiles.file(path),
                                StandardOpenOption.WRITE,
                                resumed
                                        ? StandardOpenOption.APPEND
                                        : StandardOpenOption.TRUNCATE_EXISTING));
    }

    RefusalFile(Optional<Path> file, Opener opener) {
        this.file = file;
        this.opener = opener;
    }

    /**
     * Adds a refusal.
     *
     * @throws CommandException if the file cannot be written, such as on a full disk
     */
    public synchronized void add(Refusal refusal) {
        if (file.isEmpty()) {
            return;
        }
        String text = refusal.line().text();
        String kept = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        try {
            Writer writer = out == null ? opener.open(file.get()) : out;
            out = writer;
            writer.write(refusal.json().put("text", kept) + System.lineSeparator());
            writer.flush();
        } catch (IOException e) {
            throw new CommandException(
                    e,
                    "The refused line %,d cannot be written to %s (%s). Make room there, or free"
                            + " the file, and run the same command again: an import goes on where"
                            + " it stopped.",
                    refusal.line().number(),
                    file.get(),
                    e.getMessage());
        }
    }

    /** Returns the file, if anything was refused and written. */
    public synchronized Optional<Path> written() {
        return out == null ? Optional.empty() : file;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
