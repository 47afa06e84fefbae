package dev.freshet.local.function;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output and error of functions that run in this process. Lambda takes what a function
 * prints into its log; here the two streams are shared with the command line, so what is printed by
 * a function's thread, or by a thread that one has started, goes to the functions' log instead.
 */
public final class FunctionOutput extends OutputStream {

    private static final InheritableThreadLocal<@Nullable FunctionLog> LOG =
            new InheritableThreadLocal<>();

    private static boolean installed;

    private final PrintStream elsewhere;

    private FunctionOutput(PrintStream elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Begins to tell functions' threads from others; once for the process. */
    public static synchronized void install() {
        if (!installed) {
            installed = true;
            System.setOut(new PrintStream(new FunctionOutput(System.out), true));
            System.setErr(new PrintStream(new FunctionOutput(System.err), true));
        }
    }

    /** Something to run as a function's own. */
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Runs something as a function's own: what it prints goes to the log. */
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
            elsewhere.write(bytes, offset, length);
        } else {
            log.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        elsewhere.flush();
    }
}
