package dev.freshet.local.function;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and error of functions that run in this process. Lambda captures what a function
 * prints in its log; in this process both streams are shared with the command line, so output of a
 * function's thread, or of a thread started by one, is redirected to the functions' log.
 */
public final class FunctionOutput extends OutputStream {

    private static final InheritableThreadLocal<@Nullable FunctionLog> LOG =
            new InheritableThreadLocal<>();

    private static boolean installed;

    private final PrintStream original;

    private FunctionOutput(PrintStream original) {
        this.original = original;
    }

    /**
     * Replaces {@code System.out} and {@code System.err} with streams that redirect the output of
     * functions; has an effect once per process.
     */
    public static synchronized void install() {
        if (!installed) {
            installed = true;
            System.setOut(new PrintStream(new FunctionOutput(System.out), true));
            System.setErr(new PrintStream(new FunctionOutput(System.err), true));
        }
    }

    /** Code that runs as part of a function. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs code as part of a function, so that its output goes to the log. */
    public static <T, E extends Exception> T within(FunctionLog log, Work<T, E> work) throws E {
        FunctionLog before = LOG.get();
        LOG.set(log);
        try {
            return work.run();
        } finally {
            LOG.set(before);
        }
    }

    @Override
    public void write(int octet) {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        FunctionLog log = LOG.get();
        if (log == null) {
            original.write(bytes, offset, length);
        } else {
            log.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        original.flush();
    }
}
