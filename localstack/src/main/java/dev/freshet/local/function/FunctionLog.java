package dev.freshet.local.function;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log file that all functions of this process share: CloudWatch's place. Begins anew with each
 * start.
 */
public final class FunctionLog implements LambdaLogger, AutoCloseable {

    private final PrintWriter out;

    public FunctionLog(Path file) {
        try {
            this.out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
