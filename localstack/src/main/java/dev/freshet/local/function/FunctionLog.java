package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Log file shared by all functions of this process, in place of CloudWatch Logs. The file is
 * started anew at each start and when it exceeds its size limit; the previous one is kept beside it
 * as {@code NAME.1}.
 *
 * <p>Lambda captures what a function prints in its log. In this process standard output and error
 * are shared with the command line, so output of a function's thread, or of a thread started by
 * one, is redirected to the log ({@link #captureOutput}, {@link #within}).
 */
public final class FunctionLog implements LambdaLogger, AutoCloseable {

    /** Size limit of the file in bytes; together with the previous file twice as much is kept. */
    public static final long MAX_BYTES = 64 << 20;

    private static final InheritableThreadLocal<@Nullable FunctionLog> CURRENT =
            new InheritableThreadLocal<>();
    private static boolean capturing;

    private final Path file;
    private final long maxBytes;
    private PrintStream out;
    private long written;

    public FunctionLog(Path file) {
        this(file, MAX_BYTES);
    }

    FunctionLog(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
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

    /** Appends output of a function. */
    synchronized void write(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
        out.flush();
        written += length;
        if (written >= maxBytes && bytes[offset + length - 1] == '\n') {
            rotate();
        }
    }

    /** Rotates the file; called between two lines only. */
    private void rotate() {
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

    /** Appends a failure with its stack trace. */
    synchronized void failure(String function, String requestId, Throwable problem) {
        out.println(function + " " + requestId + " failed:");
        problem.printStackTrace(out);
        out.flush();
    }

    /**
     * Replaces {@code System.out} and {@code System.err} with streams that redirect the output of
     * functions; has an effect once per process.
     */
    public static synchronized void captureOutput() {
        if (!capturing) {
            capturing = true;
            System.setOut(new PrintStream(new Redirect(System.out), true));
            System.setErr(new PrintStream(new Redirect(System.err), true));
        }
    }

    /** Code that runs as part of a function. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs code as part of a function, so that its output goes to this log. */
    public <T, E extends Exception> T within(Work<T, E> work) throws E {
        FunctionLog before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.run();
        } finally {
            CURRENT.set(before);
        }
    }

    /** Stream that passes output of functions to their log, and other output on. */
    private static final class Redirect extends OutputStream {
        private final PrintStream original;

        Redirect(PrintStream original) {
            this.original = original;
        }

        @Override
        public void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            FunctionLog log = CURRENT.get();
            if (log == null) {
                original.write(bytes, offset, length);
            } else {
                log.write(bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            original.flush();
        }
    }

    @Override
    public synchronized void close() {
        out.close();
    }
}
