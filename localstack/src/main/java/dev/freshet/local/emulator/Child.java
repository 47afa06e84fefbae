package dev.freshet.local.emulator;

import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process that monitors its standard input and ends when that does, so closing the pipe or
 * the death of the parent for any reason ends it. Its output goes to a log file.
 */
public final class Child implements AutoCloseable {

    /** Prefix of the line in which a child reports the port that it listens on. */
    static final String LISTENING = "listening-port ";

    private static final long GRACE_SECONDS = 15;
    private static final long START_SECONDS = 180;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Returns the path of the {@code java} launcher of this process, for child JVMs. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /**
     * Deletes the CDS archive of a child JVM's classes if it is unusable: older than one of the
     * files that the classes are in, or without a header, which the JVM writes last, as its writing
     * was interrupted. The JVM would never replace the latter.
     *
     * @return the archive
     */
    public static Path usableArchive(Path archive, List<Path> classes) {
        try {
            if (!Files.exists(archive)) {
                return archive;
            }
            boolean usable;
            try (InputStream bytes = Files.newInputStream(archive)) {
                usable = !Arrays.equals(bytes.readNBytes(4), new byte[4]);
            }
            FileTime made = Files.getLastModifiedTime(archive);
            for (Path file : classes) {
                usable &= made.compareTo(Files.getLastModifiedTime(file)) >= 0;
            }
            if (!usable) {
                Files.deleteIfExists(archive);
            }
            return archive;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a process; its log file is overwritten. */
    public static Child start(
            String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new LocalCloudException(
                    "%s cannot be started (%s). It needs %s on the PATH."
                            .formatted(
                                    name,
                                    e.getMessage(),
                                    command.getFirst()
                                            .replaceFirst("^node$", "Node 20.19 or newer")),
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
     * Waits at most three minutes until the child has reported the port that it listens on.
     *
     * @throws LocalCloudException if the child ends before, or takes longer
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
                        name + " ended while starting (" + lastOutput() + "); see " + log + ".");
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

    /**
     * Returns the last line of the log that is not blank, to explain in a message why the process
     * ended.
     */
    public String lastOutput() {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> !line.isBlank())
                    .reduce((before, line) -> line)
                    .orElse("no output");
        } catch (IOException | UncheckedIOException e) {
            return "log not readable";
        }
    }

    /** Waits until the process has ended for any reason. */
    public void awaitEnd() {
        process.onExit().join();
    }

    /** Returns the file that receives the output. */
    public Path log() {
        return log;
    }

    /**
     * Ends the process and waits for its end; kills it after fifteen seconds, which leaves a JVM
     * time to archive its classes.
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
