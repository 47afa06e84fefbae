package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process that watches its standard input and ends when that does: closing the pipe, or
 * dying in whatever way, ends the child. Its output goes to a log file.
 */
public final class Child implements AutoCloseable {

    /**
     * What a child writes before the number of the port that it listens on, on a line of its own.
     */
    static final String LISTENING = "listening-port ";

    private static final long GRACE_SECONDS = 15;
    private static final long START_SECONDS = 60;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a process; its log is written from the beginning. */
    public static Child start(
            String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new LocalCloudException(
                    name
                            + " cannot be started ("
                            + e.getMessage()
                            + "): is "
                            + command.getFirst()
                            + " installed?",
                    e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits until the child has said which port it listens on, for at most 60 seconds.
     *
     * @throws LocalCloudException if it ends before, or takes longer
     */
    public int awaitPort() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline) {
            OptionalInt port = port();
            if (port.isPresent()) {
                return port.getAsInt();
            }
            if (!alive()) {
                throw new LocalCloudException(
                        name + " ended while starting (" + lastWords() + "); see " + log + ".");
            }
            Thread.sleep(10);
        }
        throw new LocalCloudException(
                name + " did not start within " + START_SECONDS + " s; see " + log + ".");
    }

    private OptionalInt port() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.startsWith(LISTENING))
                    .mapToInt(line -> Integer.parseInt(line.substring(LISTENING.length())))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last line of the log that says something, for a sentence about why it ended. */
    public String lastWords() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((before, line) -> line)
                    .orElse("it said nothing");
        } catch (IOException | UncheckedIOException e) {
            return "its log cannot be read";
        }
    }

    /** Returns when the process has ended, however that came. */
    public void awaitEnd() {
        process.onExit().join();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /**
     * Ends the process and waits for its end; forcibly after fifteen seconds, for a JVM may be
     * archiving its classes.
     */
    @Override
    public void close() {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.flush();
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
