package dev.freshet.testkit.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Fuzzing in the ordinary build, with a few thousand inputs for each target. */
public final class Fuzzing {
    /** Number of mutated inputs for each target. */
    public static final int INPUTS = 3_000;

    private static final int MAX_FINDINGS = 5;

    private Fuzzing() {}

    /**
     * Passes a target its seeds and pseudo-random mutations of them, and stops after five findings.
     *
     * @param seed of the pseudo-random numbers
     * @return the findings: input, seed and exception
     */
    public static List<String> findings(FuzzTarget target, long seed) {
        List<String> findings = new ArrayList<>();
        target.seeds().forEach(good -> run(target, good, "a valid input", findings));
        Mutations mutations = new Mutations(target, new Random(seed));
        for (int at = 0; at < INPUTS && findings.size() < MAX_FINDINGS; at++) {
            run(target, mutations.next(), "input " + at + " of seed " + seed, findings);
        }
        return findings;
    }

    private static void run(FuzzTarget target, byte[] input, String what, List<String> findings) {
        try {
            Budget.run(target, input);
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            findings.add(
                    "%s %s: %s".formatted(what, HexFormat.of().formatHex(input), thrown)
                            + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    /**
     * Limits on what a fuzz target may use for one input: the bytes that the thread allocates, and
     * {@link #MAX_TIME} of processor time, which does not grow when the machine is busy.
     */
    static final class Budget {
        /**
         * Maximum processor time for one input: far above what any input should need, and short
         * enough for a caller to wait.
         */
        public static final Duration MAX_TIME = Duration.ofSeconds(2);

        private static final ThreadMXBean THREADS =
                (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private Budget() {}

        /** Thrown if a target exceeds a limit for an input. */
        public static final class ExceededException extends RuntimeException {
            private static final long serialVersionUID = 1;

            ExceededException(String what) {
                super(what);
            }
        }

        /**
         * Passes an input to a target. If a limit is exceeded, the input is passed a second time,
         * since one-off initialisation is not caused by the input.
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
}
