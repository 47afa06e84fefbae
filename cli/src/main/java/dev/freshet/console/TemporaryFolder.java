package dev.freshet.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the process that is removed with all that is in it when it is closed. No other user
 * of the machine can read it.
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /**
     * Creates an empty folder.
     *
     * @param prefix what its name begins with
     * @throws UncheckedIOException if it cannot be created
     */
    public static TemporaryFolder create(String prefix) {
        try {
            return new TemporaryFolder(Files.createTempDirectory(prefix));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /**
     * Removes the folder.
     *
     * @throws UncheckedIOException if something in it cannot be removed
     */
    @Override
    public void close() {
        try {
            List<Path> all;
            try (Stream<Path> walk = Files.walk(path)) {
                all = walk.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path each : all) {
                Files.deleteIfExists(each);
            }
        } catch (IOException kept) {
            throw new UncheckedIOException("Temporary files could not be deleted", kept);
        }
    }
}
