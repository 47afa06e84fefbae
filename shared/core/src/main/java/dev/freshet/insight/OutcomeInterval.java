package dev.freshet.insight;

import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.JackknifeRatio;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The interval of a click rate at 95 %, with six decimals.
 *
 * @param method {@code buckets}, by the jackknife over buckets of users, which holds although one
 *     user's lists are alike; {@code lists}, which holds if each list or place were of another user
 */
public record OutcomeInterval(double lower, double upper, String method) {
    /** Decimals of a rate. */
    static final int RATE_DIGITS = 6;

    private static final String BUCKETS = "buckets";
    private static final String LISTS = "lists";

    /**
     * Returns the interval of the share of lists that were clicked: by buckets where enough of them
     * have a list.
     *
     * @return empty without lists
     */
    public static Optional<OutcomeInterval> ofLists(OutcomeSums sums) {
        return of(sums, sums.get(OutcomeCount.LISTS_CLICKED), sums.get(OutcomeCount.LISTS));
    }

    /**
     * Returns the interval of the clicks for each place of a source or position: by buckets where
     * enough of them have a place.
     *
     * @param part the sums of a source or position, whose buckets are of places and clicks
     * @return empty without places
     */
    public static Optional<OutcomeInterval> ofPlaces(OutcomeSums part) {
        return of(part, part.get(OutcomeCount.CLICKS), part.get(OutcomeCount.PLACES));
    }

    /**
     * Returns the interval by buckets if these add up to all of it, which they do not where some
     * days or placements were summed without.
     */
    private static Optional<OutcomeInterval> of(OutcomeSums sums, long clicked, long all) {
        long[] shown = new long[OutcomeSums.BUCKETS];
        long[] clicks = new long[OutcomeSums.BUCKETS];
        for (int bucket = 0; bucket < shown.length; bucket++) {
            shown[bucket] = sums.listsOf(bucket);
            clicks[bucket] = sums.listsClickedOf(bucket);
        }
        boolean complete =
                LongStream.of(shown).sum() == all && LongStream.of(clicks).sum() == clicked;
        return (complete ? JackknifeRatio.of(clicks, shown) : Optional.<JackknifeRatio>empty())
                .map(known -> of(known.interval(), BUCKETS))
                .or(() -> of(clicked, all));
    }

    private static Optional<OutcomeInterval> of(long clicked, long all) {
        return all > 0 && clicked >= 0
                ? Optional.of(of(ConfidenceInterval.wilson((double) clicked, (double) all), LISTS))
                : Optional.empty();
    }

    private static OutcomeInterval of(ConfidenceInterval interval, String method) {
        return new OutcomeInterval(rounded(interval.low()), rounded(interval.high()), method);
    }

    private static double rounded(double rate) {
        return BigDecimal.valueOf(rate).setScale(RATE_DIGITS, RoundingMode.HALF_EVEN).doubleValue();
    }
}
