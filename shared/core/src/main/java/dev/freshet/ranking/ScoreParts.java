package dev.freshet.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.candidate.RequestContext;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of the score of one candidate. All but the boost are relative to the mean candidate of
 * the request, in log odds.
 *
 * @param signals the signals whose contribution is not 0, in the order of their positions
 * @param likeness to the item being looked at
 * @param boost what the boosts of the request add
 */
public record ScoreParts(List<SignalPart> signals, double likeness, double boost) {
    /** Differences of the sum of a score and its parts that are due to rounding. */
    private static final double ROUNDING = 1e-3;

    /**
     * One signal in a score.
     *
     * @param source that the contribution is shown as
     * @param value of the signal
     * @param usual mean of the signal over the candidates
     * @param weight in log odds per unit of the signal
     * @param contribution weight · (value − usual)
     */
    public record SignalPart(
            Signal signal,
            Source source,
            double value,
            @JsonProperty("mean") double usual,
            double weight,
            double contribution) {}

    /**
     * Returns the parts of the score at a rank.
     *
     * @param rank into the ranked candidates
     * @param likenessWeight weight of full likeness, in log odds
     */
    static ScoreParts of(
            RequestContext request, RankedCandidates blended, int rank, float likenessWeight) {
        int item = blended.ranked().item(rank);
        float[] weights = blended.weights().of(request, item);
        float[] signals = request.signals().kept(item);
        boolean visible = request.signals().isVisible(item);
        List<SignalPart> parts = new ArrayList<>();
        for (Signal signal : SignalFamilies.SIGNALS) {
            int at = signal.at();
            float contribution = blended.contribution(at, weights, signals);
            if (contribution != 0) {
                parts.add(
                        new SignalPart(
                                signal,
                                SourceShares.shownAs(signal.source(), visible),
                                signals[at],
                                blended.usual()[at],
                                weights[at],
                                contribution));
            }
        }
        float alike = blended.likeness().get(item);
        double boost =
                blended.ranked().score(rank)
                        - blended.weights().score(signals, request.signals().itemClass(item))
                        - likenessWeight * alike;
        return new ScoreParts(
                parts,
                likenessWeight * (alike - blended.usualLikeness()),
                Math.abs(boost) < ROUNDING ? 0 : boost);
    }
}
