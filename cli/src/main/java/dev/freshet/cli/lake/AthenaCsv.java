package dev.freshet.cli.lake;

import dev.freshet.lake.LakeReader;
import dev.freshet.store.StoreUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query as Athena writes it: values in quotes, which are doubled within a value,
 * and nothing at all for NULL. The first line, with the names of the columns, is passed over.
 */
final class AthenaCsv implements LakeReader.Cursor {
    private static final char QUOTE = '"';

    private final Path file;
    private final BufferedReader in;

    /**
     * Opens a result.
     *
     * @param file is deleted when this is closed
     */
    AthenaCsv(Path file) throws IOException {
        this.file = file;
        this.in = Files.newBufferedReader(file);
        next();
    }

    @Override
    public @Nullable List<@Nullable String> next() {
        try {
            int read = in.read();
            if (read < 0) {
                return null;
            }
            List<@Nullable String> row = new ArrayList<>();
            StringBuilder value = new StringBuilder();
            boolean quoted = false;
            boolean within = false;
            for (; read >= 0 && (within || read != '\n'); read = in.read()) {
                char c = (char) read;
                if (c == QUOTE) {
                    if (quoted && !within) {
                        value.append(QUOTE); // the second of two
                    }
                    within = !within;
                    quoted = true;
                } else if (c == ',' && !within) {
                    row.add(quoted ? value.toString() : null);
                    value.setLength(0);
                    quoted = false;
                } else {
                    value.append(c);
                }
            }
            row.add(quoted ? value.toString() : null);
            return row;
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
