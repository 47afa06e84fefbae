package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the build has put the emulators.
 *
 * @param dynalite its command-line script
 * @param kinesalite its command-line script
 * @param s3Mock Adobe's jar, its libraries beside it in {@code lib}
 * @param classes the folder or archive that holds {@link S3MockOnLoopback}
 */
public record Installation(Path dynalite, Path kinesalite, Path s3Mock, Path classes) {

    /**
     * The emulators of a built checkout.
     *
     * @throws LocalCloudException if they have not been installed
     */
    public static Installation of(Path home) {
        Path modules = home.resolve("localstack/emulators/node_modules");
        return new Installation(
                there(modules.resolve("dynalite/cli.js")),
                there(modules.resolve("kinesalite/cli.js")),
                archive(home.resolve("localstack/target/emulators/s3mock")),
                ownClasses());
    }

    private static Path there(Path file) {
        if (!Files.exists(file)) {
            throw new LocalCloudException(
                    "The emulators are not installed ("
                            + file
                            + " is missing): run './mvnw -q package -DskipTests'.");
        }
        return file;
    }

    private static Path archive(Path folder) {
        there(folder);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("s3mock-.*\\.jar"))
                    .findFirst()
                    .orElseGet(() -> there(folder.resolve("s3mock-exec.jar")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder or archive that this class was loaded from. */
    public static Path ownClasses() {
        try {
            return Path.of(
                    Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
