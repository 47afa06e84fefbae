package dev.freshet.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Holds a target to its bounds, per input: what this thread allocates, and {@link #MOST_TIME} of
 * the processor's time, so that a busy machine is nobody's fault.
 */
public final class Budget {
    /** Far above what any input should take, and below what a caller would bear. */
    public static final Duration MOST_TIME = Duration.ofSeconds(2);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Budget() {}

    /** An input for which a target took too much. */
    public static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ExceededException(String what) {
            super(what);
        }
    }

    /**
     * Gives a target an input; a second time where it took too much, since what is made once is not
     * this input's.
     *
     * @throws ExceededException if it took too much again
     * @throws Exception what the target threw
     */
    public static void give(FuzzTarget target, byte[] input) throws Exception {
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
        long took = THREADS.getCurrentThreadCpuTime() - time;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (bytes > target.mostAllocated(input.length)) {
            return bytes + " bytes for an input of " + input.length;
        }
        return took > MOST_TIME.toNanos()
                ? took / 1_000_000 + " ms for an input of " + input.length
                : "";
    }
}
