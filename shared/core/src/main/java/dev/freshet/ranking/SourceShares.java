package dev.freshet.ranking;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SimilarItems;
import dev.freshet.model.signal.Source;
import dev.freshet.model.signal.TrendingSignals;
import java.util.Arrays;

/**
 * The share of each source in an item's score: the weight of each signal times its distance from
 * the mean of the candidates, summed by source. Boosts belong to no source. Arrays are by {@link
 * Source#index}.
 *
 * @param contributions in log odds; negative where a source lowers the score
 * @param shares of the positive contributions; they sum to one
 */
@SuppressWarnings("ArrayRecordComponent") // made and read by one thread
record SourceShares(double[] contributions, double[] shares) {
    /** Shares below this are added to the others. */
    private static final double LEAST = 0.02;

    /**
     * Contributions nearer to zero than this, in log odds, are none: the means over the candidates
     * are sums of rounded numbers, and a signal that is the same for all of them, as that of a
     * country where the request names none, lies beside its mean by as little.
     */
    private static final double ROUNDING = 1e-3;

    static SourceShares of(
            RequestContext request, RankedCandidates blended, int item, float likenessWeight) {
        double[] contributions = new double[SignalFamilies.SOURCES];
        float[] weights = blended.weights().of(request, item);
        float[] signals = request.signals().kept(item);
        boolean visible = request.signals().isVisible(item);
        for (Signal signal : SignalFamilies.SIGNALS) {
            int at = signal.at();
            contributions[shownAs(signal.source(), visible).index()] +=
                    blended.contribution(at, weights, signals);
        }
        contributions[SimilarItems.SOURCE.index()] +=
                likenessWeight * (blended.likeness().get(item) - blended.usualLikeness());
        dropRounding(contributions);
        double[] shares = contributions.clone();
        keepPositive(shares);
        if (Arrays.stream(shares).sum() <= 0) {
            int found = blended.sources(item);
            shares[Integer.numberOfTrailingZeros(found)] = 1;
        }
        normalise(shares);
        for (int source = 0; source < shares.length; source++) {
            shares[source] = shares[source] < LEAST ? 0 : shares[source];
        }
        normalise(shares);
        return new SourceShares(contributions, shares);
    }

    /**
     * Returns the source that a contribution is shown as. Where an item's interactions are hidden,
     * its counts stand for its age, so they are shown as those of a new item.
     */
    static Source shownAs(Source source, boolean visible) {
        boolean counts =
                source.equals(TrendingSignals.SOURCE) || source.equals(PopularitySignals.SOURCE);
        return counts && !visible ? NewItemSignals.SOURCE : source;
    }

    private static void dropRounding(double[] contributions) {
        for (int source = 0; source < contributions.length; source++) {
            if (Math.abs(contributions[source]) < ROUNDING) {
                contributions[source] = 0;
            }
        }
    }

    private static void keepPositive(double[] shares) {
        for (int source = 0; source < shares.length; source++) {
            shares[source] = Math.max(0, shares[source]);
        }
    }

    private static void normalise(double[] shares) {
        double sum = Arrays.stream(shares).sum();
        for (int source = 0; source < shares.length; source++) {
            shares[source] /= sum;
        }
    }
}
