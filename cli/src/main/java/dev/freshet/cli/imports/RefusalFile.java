package dev.freshet.cli.imports;

import dev.freshet.cli.PrivateFiles;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
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
    private final StandardOpenOption mode;
    private @Nullable PrintWriter out;

    /**
     * Creates a file; without a path nothing is written.
     *
     * @param resumed whether to add to a file that exists instead of replacing it
     */
    public RefusalFile(Optional<Path> file, boolean resumed) {
        this.file = file;
        this.mode = resumed ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
    }

    /** Adds a refusal. */
    public synchronized void add(Refusal refusal) {
        if (file.isEmpty()) {
            return;
        }
        PrintWriter writer = out == null ? open(file.get()) : out;
        out = writer;
        String text = refusal.line().text();
        String kept = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
        writer.println(refusal.json().put("text", kept));
    }

    private PrintWriter open(Path path) {
        try {
            return new PrintWriter(
                    Files.newBufferedWriter(
                            PrivateFiles.file(path), StandardOpenOption.WRITE, mode),
                    true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the file, if anything was refused and written. */
    public synchronized Optional<Path> written() {
        return out == null ? Optional.empty() : file;
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            out.close();
        }
    }
}
