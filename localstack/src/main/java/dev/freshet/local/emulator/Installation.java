package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Paths of the emulators that the build has installed.
 *
 * @param dynalite its command-line script
 * @param kinesalite its command-line script
 * @param s3Mock Adobe's jar, with its libraries beside it in {@code lib}
 * @param classes the folder or archive that holds {@link S3MockOnLoopback}
 */
public record Installation(Path dynalite, Path kinesalite, Path s3Mock, Path classes) {

    /**
     * Returns the emulators of a built checkout.
     *
     * @throws LocalCloudException if they have not been installed
     */
    public static Installation of(Path home) {
        Path modules = home.resolve("localstack/emulators/node_modules");
        return new Installation(
                existing(modules.resolve("dynalite/cli.js")),
                existing(modules.resolve("kinesalite/cli.js")),
                archive(home.resolve("localstack/target/emulators/s3mock")),
                ownClasses());
    }

    private static Path existing(Path file) {
        if (!Files.exists(file)) {
            throw new LocalCloudException(
                    "The emulators are not installed ("
                            + file
                            + " is missing): run './mvnw -q package -DskipTests'.");
        }
        return file;
    }

    private static Path archive(Path folder) {
        existing(folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("s3mock-.*\\.jar"))
                    .findFirst()
                    .orElseGet(() -> existing(folder.resolve("s3mock-exec.jar")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the folder or archive from which this class was loaded. */
    public static Path ownClasses() {
        try {
            return Path.of(
                    Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
