package dev.freshet.bench.ope;

import dev.freshet.bench.ope.LoggedPlace.Alternative;
import java.util.function.DoubleUnaryOperator;

/**
 * What one list contributes to an estimate of a policy's value, which is the mean over the lists.
 * Below, w is the weight of a place, w₁…ₗ the product of the weights down to place l, r the reward.
 */
final class Estimator {
    private Estimator() {}

    /** Returns w r of the first place: inverse propensity scoring. */
    static double ips(LoggedList list) {
        LoggedPlace first = list.places().getFirst();
        return first.weight() * first.reward();
    }

    /** Returns what the model expects of the evaluated policy: the direct method. */
    static double dm(LoggedList list, RewardModel model) {
        return expected(list.places().getFirst(), 0, model);
    }

    /**
     * Returns Σ w₁…ₗ (rₗ + V₊₁ − Qₗ) telescoped: the cascade doubly robust estimator (Kiyohara et
     * al., Doubly robust off-policy evaluation for ranking policies under the cascade behavior
     * model, WSDM 2022). Of one place it is the doubly robust estimator.
     */
    static double cascadeDr(LoggedList list, RewardModel model) {
        double sum = 0;
        double above = 1;
        for (int at = 0; at < list.places().size(); at++) {
            LoggedPlace place = list.places().get(at);
            double down = above * place.weight();
            sum +=
                    down * (place.reward() - model.value(at, place.item()))
                            + above * expected(place, at, model);
            above = down;
        }
        return sum;
    }

    /**
     * Returns the doubly robust estimate of the first place where the weight is at most a limit,
     * else the direct method (Wang, Agarwal and Dudík, ICML 2017).
     *
     * @param most 0: the direct method; infinite: doubly robust
     */
    static double switchDr(LoggedList list, RewardModel model, double most) {
        return corrected(list, model, weight -> weight <= most ? weight : 0);
    }

    /**
     * Returns the doubly robust estimate of the first place with the weight shrunk to λw / (w² + λ)
     * (Su et al., Doubly robust off-policy evaluation with shrinkage, ICML 2020).
     *
     * @param lambda 0: the direct method; infinite: doubly robust
     */
    static double drOs(LoggedList list, RewardModel model, double lambda) {
        return corrected(
                list,
                model,
                weight ->
                        lambda == 0
                                ? 0
                                : Double.isInfinite(lambda)
                                        ? weight
                                        : lambda * weight / (weight * weight + lambda));
    }

    private static double corrected(
            LoggedList list, RewardModel model, DoubleUnaryOperator shrunk) {
        LoggedPlace first = list.places().getFirst();
        return dm(list, model)
                + shrunk.applyAsDouble(first.weight())
                        * (first.reward() - model.value(0, first.item()));
    }

    private static double expected(LoggedPlace place, int at, RewardModel model) {
        double sum = 0;
        for (Alternative one : place.pool()) {
            sum += one.target() * model.value(at, one.item());
        }
        return sum;
    }
}
