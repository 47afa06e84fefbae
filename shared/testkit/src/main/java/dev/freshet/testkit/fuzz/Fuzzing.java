package dev.freshet.testkit.fuzz;

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
                    what
                            + " "
                            + HexFormat.of().formatHex(input)
                            + ": "
                            + thrown
                            + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }
}
