package dev.freshet.console;

import java.io.PrintWriter;
import java.util.function.LongSupplier;

/**
 * A progress bar on standard error: silent for the first second, then redrawn at most five times a
 * second on a terminal, and a plain line every ten seconds elsewhere. Estimates the minutes left,
 * as if each step took as long as those so far. Safe for several threads.
 */
public final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final String ERASE_REST = "\033[K";

    private final PrintWriter err;
    private final String what;
    private final long total;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long started;
    private long drawn;
    private boolean shown;
    private long done;

    /**
     * Creates a progress of nothing.
     *
     * @param nanos a clock of nanoseconds since any moment
     */
    Progress(PrintWriter err, String what, long total, boolean terminal, LongSupplier nanos) {
        this.err = err;
        this.what = what;
        this.total = Math.max(1, total);
        this.terminal = terminal;
        this.nanos = nanos;
        this.started = nanos.getAsLong();
        this.drawn = started;
    }

    /** Sets how many of the steps are done; fewer than before change nothing. */
    public synchronized void at(long steps) {
        done = Math.max(done, Math.min(steps, total));
        long now = nanos.getAsLong();
        long between = terminal ? 200_000_000L : 10_000_000_000L;
        if (now - started > 1_000_000_000L && now - drawn > between) {
            drawn = now;
            draw(now);
        }
    }

    @Override
    public synchronized void close() {
        if (shown) {
            draw(nanos.getAsLong());
            if (terminal) {
                err.println();
                err.flush();
            }
        }
    }

    private void draw(long now) {
        shown = true;
        int full = (int) (WIDTH * done / total);
        String bar = "#".repeat(full) + ".".repeat(WIDTH - full);
        String line =
                "%s [%s] %d%% (%,d of %,d)%s"
                        .formatted(what, bar, 100 * done / total, done, total, left(now - started));
        if (terminal) {
            err.print("\r" + line + ERASE_REST);
        } else {
            err.println(line);
        }
        err.flush();
    }

    /** Returns the time left in minutes, or "" where it is less than one or nothing is done yet. */
    private String left(long tookNanos) {
        double minutes = done == 0 ? 0 : tookNanos / 60e9 * (total - done) / done;
        return minutes < 1 ? "" : ", about %d min left".formatted(Math.round(minutes));
    }
}
