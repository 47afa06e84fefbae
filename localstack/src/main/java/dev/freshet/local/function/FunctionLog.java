package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log file that all functions of this process share: CloudWatch's place. Begins anew with each
 * start.
 */
public final class FunctionLog implements LambdaLogger, AutoCloseable {

    private final PrintStream out;

    public FunctionLog(Path file) {
        try {
            this.out =
                    new PrintStream(
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
    }

    @Override
    public synchronized void log(String line) {
        out.println(line.stripTrailing());
        out.flush();
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
