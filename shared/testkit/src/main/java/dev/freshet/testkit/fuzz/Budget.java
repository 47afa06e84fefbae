package dev.freshet.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Limits on what a fuzz target may use for one input: the bytes that the thread allocates, and
 * {@link #MAX_TIME} of processor time, which does not grow when the machine is busy.
 */
public final class Budget {
    /**
     * Maximum processor time for one input: far above what any input should need, and short enough
     * for a caller to wait.
     */
    public static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Budget() {}

    /** Thrown if a target exceeds a limit for an input. */
    public static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExceededException(String what) {
            super(what);
        }
    }

    /**
     * Passes an input to a target. If a limit is exceeded, the input is passed a second time, since
     * one-off initialisation is not caused by the input.
     *
     * @throws ExceededException if a limit is exceeded again
     * @throws Exception if the target throws it
     */
    public static void run(FuzzTarget target, byte[] input) throws Exception {
        if (!excess(target, input).isEmpty()) {
            String again = excess(target, input);
            if (!again.isEmpty()) {
                throw new ExceededException(again);
            }
        }
    }

    private static String excess(FuzzTarget target, byte[] input) throws Exception {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long time = THREADS.getCurrentThreadCpuTime();
        target.take(input.clone());
        long elapsed = THREADS.getCurrentThreadCpuTime() - time;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (bytes > target.maxAllocatedBytes(input.length)) {
            return bytes + " bytes for an input of " + input.length;
        }
        return elapsed > MAX_TIME.toNanos()
                ? elapsed / 1_000_000 + " ms for an input of " + input.length
                : "";
    }
}
