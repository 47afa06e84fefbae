package dev.freshet.testkit.fuzz;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The few thousand inputs of the ordinary build. */
public final class Fuzzing {
    /** Inputs for each target. */
    public static final int INPUTS = 3_000;

    private static final int MOST_TOLD = 5;

    private Fuzzing() {}

    /**
     * Gives a target its seeds and seeded mutations of them.
     *
     * @return the findings: input, seed and what was thrown; at most five
     */
    public static List<String> findings(FuzzTarget target, long seed) {
        List<String> findings = new ArrayList<>();
        target.seeds().forEach(good -> give(target, good, "a good input", findings));
        Mutations mutations = new Mutations(target, new Random(seed));
        for (int at = 0; at < INPUTS && findings.size() < MOST_TOLD; at++) {
            give(target, mutations.next(), "input " + at + " of seed " + seed, findings);
        }
        return findings;
    }

    private static void give(FuzzTarget target, byte[] input, String what, List<String> findings) {
        try {
            Budget.give(target, input);
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
