package dev.freshet.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packages that the build made for the functions and the worker, and the pages.
 *
 * @param functions the jar of all functions
 * @param embedding the folder of the Lambda layer that turns texts into vectors
 * @param worker the folder of the worker's Dockerfile and of the files in its image
 * @param site the folder with the headers of the pages, {@code headers.json}
 * @param batch the folder of the jar of the batch jobs; need not exist
 */
record Packages(Path functions, Path embedding, Path worker, Path site, Path batch) {
    private static final Pattern BATCH_JAR =
            Pattern.compile("batch-[0-9][^/]*(?<!sources|javadoc|tests)\\.jar");

    /**
     * Returns the jar of the batch jobs.
     *
     * @throws IllegalArgumentException with a sentence for the owner, if it is not built
     */
    Path batchJar() {
        if (Files.isDirectory(batch)) {
            try (Stream<Path> files = Files.list(batch)) {
                Optional<Path> jar =
                        files.filter(
                                        file ->
                                                BATCH_JAR
                                                        .matcher(file.getFileName().toString())
                                                        .matches())
                                .min(Comparator.naturalOrder());
                if (jar.isPresent()) {
                    return jar.get();
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        throw new IllegalArgumentException(
                "batch=true needs the jar of the batch jobs, which is not built:"
                        + " ./mvnw -Pbatch -pl batch -am -DskipTests package makes it.");
    }
}
