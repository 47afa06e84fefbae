package dev.freshet.bench.ope;

import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.Estimate;
import dev.freshet.statistics.FixedHorizon;
import dev.freshet.statistics.StudentDistribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * A ratio of sums over lists with its variance by the delta method, where the lists of one user may
 * depend on each other.
 */
final class ClusteredRatio {
    private static final double ALPHA = 0.05;

    private ClusteredRatio() {}

    /**
     * Returns Σ numerator / Σ denominator; a mean where the denominator is 1.
     *
     * @param lists at least one
     */
    static Estimate of(
            List<LoggedList> lists,
            ToDoubleFunction<LoggedList> numerator,
            ToDoubleFunction<LoggedList> denominator) {
        Map<String, double[]> byUser = new HashMap<>();
        double above = 0;
        double below = 0;
        for (LoggedList list : lists) {
            double[] sums = byUser.computeIfAbsent(list.user(), user -> new double[2]);
            double one = numerator.applyAsDouble(list);
            double other = denominator.applyAsDouble(list);
            sums[0] += one;
            sums[1] += other;
            above += one;
            below += other;
        }
        if (below == 0) {
            return new Estimate(0, 0);
        }
        double ratio = above / below;
        double squares = 0;
        for (double[] sums : byUser.values()) {
            double deviation = sums[0] - ratio * sums[1];
            squares += deviation * deviation;
        }
        double users = byUser.size();
        double small = users > 1 ? users / (users - 1) : 1;
        return new Estimate(ratio, small * squares / (below * below));
    }

    /** Returns the interval of a single look at 95 %. */
    static ConfidenceInterval interval(Estimate estimate) {
        return FixedHorizon.of(estimate, StudentDistribution.NORMAL, ALPHA).interval();
    }
}
