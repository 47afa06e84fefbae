package dev.freshet.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * Programs of others that tests run, each installed into a folder under {@code target/} in the
 * versions that a file of the sources pins with their hashes. A test whose program cannot be
 * installed is skipped with the reason.
 */
public final class Toolbox {
    private static final long INSTALLED_MINUTES = 10;

    private Toolbox() {}

    /**
     * Installs packages of PyPI into a virtual environment of Python.
     *
     * @param folder of the environment
     * @param packages requirements with hashes
     * @return the folder of the programs
     */
    public static Path python(Path folder, Path packages) {
        Path programs = folder.toAbsolutePath().resolve("bin");
        install(
                folder,
                packages,
                "python3 -m venv --clear " + folder,
                programs
                        + "/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "
                        + packages);
        return programs;
    }

    /**
     * Installs packages of npm.
     *
     * @param lock the {@code package-lock.json}, beside its {@code package.json}
     * @return the folder of the programs
     */
    public static Path npm(Path folder, Path lock) {
        install(
                folder,
                lock,
                "cp %s %s %s".formatted(lock, lock.resolveSibling("package.json"), folder),
                "npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --prefix " + folder);
        return folder.toAbsolutePath().resolve("node_modules/.bin");
    }

    /** Runs both commands unless what is pinned is installed; skips the test if one fails. */
    private static synchronized void install(
            Path folder, Path pinned, String prepare, String install) {
        Path installed = folder.resolve("installed.txt");
        try {
            if (Files.exists(installed) && Files.mismatch(installed, pinned) < 0) {
                return;
            }
            Files.createDirectories(folder);
            Optional<String> failed = run(prepare).or(() -> run(install));
            Assumptions.assumeTrue(failed.isEmpty(), failed.orElse("installed"));
            Files.copy(pinned, installed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command; returns it with the end of its output where it fails. */
    private static Optional<String> run(String command) {
        try {
            Path output = Files.createTempFile("toolbox", ".log");
            Process process =
                    new ProcessBuilder(command.split(" ", -1))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(INSTALLED_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly();
            }
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            Files.delete(output);
            return ended && process.exitValue() == 0
                    ? Optional.empty()
                    : Optional.of(
                            command + " failed" + (lines.isEmpty() ? "" : ": " + lines.getLast()));
        } catch (IOException e) {
            return Optional.of(command + " failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
