package dev.freshet.bench.experiment;

import dev.freshet.statistics.SampleRatio;
import java.util.SplittableRandom;

/** How often the check of the split raises an alarm. */
final class SplitRepetition {
    private static final double[] INTENDED = {0.5, 0.5};

    private SplitRepetition() {}

    /**
     * Returns the share of runs with an alarm at any look.
     *
     * @param share true share of users who arrive in the first of two arms, of which one half is
     *     intended
     * @param users of both arms, at the last look
     */
    static double alarms(double share, int runs, int looks, int users, long seed) {
        int alarms = 0;
        for (int run = 0; run < runs; run++) {
            SplittableRandom random = new SplittableRandom(seed + run);
            long[] counts = new long[2];
            boolean alarm = false;
            for (int look = 0; look < looks && !alarm; look++) {
                int arriving = users * (look + 1) / looks - users * look / looks;
                for (int user = 0; user < arriving; user++) {
                    counts[random.nextDouble() < share ? 0 : 1]++;
                }
                alarm = SampleRatio.alarms(counts, INTENDED);
            }
            alarms += alarm ? 1 : 0;
        }
        return (double) alarms / runs;
    }
}
