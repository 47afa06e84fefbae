package dev.freshet.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the checkout that a command belongs to. */
public final class Checkout {

    private Checkout() {}

    /**
     * The folder named by the system property {@code freshet.home} (the launcher sets it), else the
     * nearest folder upwards from here that holds the launcher and {@code localstack/}.
     *
     * @throws CommandException if there is none
     */
    public static Path find() {
        String home = System.getProperty("freshet.home");
        if (home != null) {
            return Path.of(home).toAbsolutePath().normalize();
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))
                    && Files.isDirectory(folder.resolve("localstack"))) {
                return folder;
            }
        }
        throw new CommandException("This is no checkout of Freshet: run the command inside one.");
    }
}
