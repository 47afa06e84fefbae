package dev.freshet.folder;

import dev.freshet.console.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the checkout of this repository that a command belongs to. */
public final class Checkout {

    private Checkout() {}

    /**
     * Returns the folder that the system property {@code freshet.home} names (the launcher sets
     * it), else the nearest folder from the working directory upwards that holds the Maven wrapper
     * and {@code localstack/}; empty if there is none.
     */
    public static Optional<Path> locate() {
        String home = System.getProperty("freshet.home");
        if (home != null) {
            return Optional.of(Path.of(home).toAbsolutePath().normalize());
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))
                    && Files.isDirectory(folder.resolve("localstack"))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the checkout.
     *
     * @throws CommandException if there is none
     */
    public static Path find() {
        return locate().orElseThrow(
                        CommandException.saying(
                                "This folder is not in a checkout of Freshet: run the"
                                        + " command inside one."));
    }
}
