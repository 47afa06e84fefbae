package dev.freshet.bench.ope;

import dev.freshet.statistics.BucketRatio;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.Estimate;
import dev.freshet.statistics.FixedHorizon;
import dev.freshet.statistics.StudentDistribution;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Sums over lists by user, since the lists of one user may depend on each other. */
final class ClusteredSums {
    private static final double ALPHA = 0.05;

    private final Map<String, Integer> users = new HashMap<>();
    private final List<LoggedList> lists;

    /**
     * Creates sums over lists.
     *
     * @param lists at least one
     */
    ClusteredSums(List<LoggedList> lists) {
        this.lists = lists;
        lists.forEach(list -> users.putIfAbsent(list.user(), users.size()));
    }

    /** Returns Σ numerator / Σ denominator; 0 where the denominator is 0. */
    Estimate ratio(
            ToDoubleFunction<LoggedList> numerator, ToDoubleFunction<LoggedList> denominator) {
        return BucketRatio.of(column(numerator), column(denominator))
                .map(BucketRatio::estimate)
                .orElse(new Estimate(0, 0));
    }

    /** Returns the mean over the lists. */
    Estimate mean(ToDoubleFunction<LoggedList> value) {
        return ratio(value, list -> 1);
    }

    /** Returns a sum of each user; there are two columns at least. */
    double[] column(ToDoubleFunction<LoggedList> value) {
        double[] sums = new double[Math.max(2, users.size())];
        for (LoggedList list : lists) {
            sums[Objects.requireNonNull(users.get(list.user()))] += value.applyAsDouble(list);
        }
        return sums;
    }

    /** Returns the interval of a single look at 95 %. */
    static ConfidenceInterval interval(Estimate estimate) {
        return FixedHorizon.of(estimate, StudentDistribution.NORMAL, ALPHA).interval();
    }
}
