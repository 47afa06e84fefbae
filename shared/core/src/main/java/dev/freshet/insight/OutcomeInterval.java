package dev.freshet.insight;

import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.JackknifeRatio;
import dev.freshet.statistics.WilsonInterval;
import java.util.Optional;

/**
 * The interval of a click rate at 95 %.
 *
 * @param method {@code buckets}, by the jackknife over buckets of users, which holds although one
 *     user's lists are alike; {@code lists}, which holds if each list or place were of another user
 */
public record OutcomeInterval(ConfidenceInterval interval, String method) {
    private static final String BUCKETS = "buckets";
    private static final String LISTS = "lists";

    /**
     * Returns the interval of the share of lists that were clicked: by buckets where enough of them
     * have a list.
     *
     * @return empty without lists
     */
    public static Optional<OutcomeInterval> ofLists(OutcomeSums sums) {
        long[] lists = new long[OutcomeSums.BUCKETS];
        long[] clicked = new long[OutcomeSums.BUCKETS];
        for (int bucket = 0; bucket < lists.length; bucket++) {
            lists[bucket] = sums.listsOf(bucket);
            clicked[bucket] = sums.listsClickedOf(bucket);
        }
        Optional<JackknifeRatio> ratio = JackknifeRatio.of(clicked, lists);
        return ratio.isPresent()
                ? ratio.map(known -> new OutcomeInterval(known.interval(), BUCKETS))
                : of(sums.get(OutcomeCount.LISTS_CLICKED), sums.get(OutcomeCount.LISTS));
    }

    /**
     * Returns the interval of the clicks for each place, of which there are no buckets.
     *
     * @return empty without places
     */
    public static Optional<OutcomeInterval> ofPlaces(OutcomeSums sums) {
        return of(sums.get(OutcomeCount.CLICKS), sums.get(OutcomeCount.PLACES));
    }

    private static Optional<OutcomeInterval> of(long clicked, long all) {
        return all > 0 && clicked >= 0
                ? Optional.of(
                        new OutcomeInterval(
                                WilsonInterval.of((double) clicked, (double) all), LISTS))
                : Optional.empty();
    }
}
