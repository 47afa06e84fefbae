package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The log file that all functions of this process share: CloudWatch's place. Begins anew with each
 * start, and when it has grown beyond a bound; one before it is kept beside it, as {@code NAME.1}.
 */
public final class FunctionLog implements LambdaLogger, AutoCloseable {

    /** Most bytes of the file; with the one before it twice as many are kept. */
    public static final long MAX_BYTES = 64 << 20;

    private final Path file;
    private final long mostBytes;
    private PrintStream out;
    private long written;

    public FunctionLog(Path file) {
        this(file, MAX_BYTES);
    }

    FunctionLog(Path file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.out = opened(file);
    }

    private static PrintStream opened(Path file) {
        try {
            return new PrintStream(
                    new BufferedOutputStream(Files.newOutputStream(file)),
                    false,
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what a function prints. */
    synchronized void write(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
        out.flush();
        written += length;
        if (written >= mostBytes && bytes[offset + length - 1] == '\n') {
            turn();
        }
    }

    /** Begins the file anew; only between two lines. */
    private void turn() {
        out.close();
        try {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".1"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out = opened(file);
        written = 0;
    }

    @Override
    public synchronized void log(String line) {
        byte[] bytes = (line.stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8);
        write(bytes, 0, bytes.length);
    }

    @Override
    public void log(byte[] line) {
        log(new String(line, StandardCharsets.UTF_8));
    }

    /** A failure with all that is known about where it happened. */
    synchronized void failure(String function, String requestId, Throwable problem) {
        out.println(function + " " + requestId + " failed:");
        problem.printStackTrace(out);
        out.flush();
    }

    @Override
    public synchronized void close() {
        out.close();
    }
}
