package dev.freshet.cli.lake;

import dev.freshet.lake.LakeReader;
import dev.freshet.lake.ResultCsv;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a query's result in a file, without the names of its columns. */
final class AthenaCsv implements LakeReader.Cursor {
    private final Path file;
    private final ResultCsv in;

    /**
     * Opens a result.
     *
     * @param file is deleted when this is closed
     */
    AthenaCsv(Path file) throws IOException {
        this.file = file;
        this.in = new ResultCsv(Files.newBufferedReader(file));
        in.next();
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        try {
            return in.next();
        } catch (IOException broken) {
            throw new StoreUnavailableException("The result of a query", broken);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
            Files.deleteIfExists(file);
        } catch (IOException broken) {
            throw new StoreUnavailableException("The result of a query", broken);
        }
    }
}
