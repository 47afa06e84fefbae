package dev.freshet.statistics;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes out of a metric what is explained by users' behaviour before the experiment (CUPED: Deng et
 * al., Improving the sensitivity of online controlled experiments by utilizing pre-experiment data,
 * WSDM 2013), over buckets. The covariate's mean is equal in all arms but for chance, because no
 * arm can change what came before; the metric is corrected by θ times an arm's departure from the
 * common mean, with θ = cov / var of the buckets' influences over all arms. Where metric and
 * covariate correlate by r, the variance falls by r².
 *
 * @param adjusted the metric of each arm, in the order of the arms
 * @param reduction share of the variance that went, 0 to 1, mean of the arms
 */
public record Cuped(List<Estimate> adjusted, double reduction) {
    /**
     * Adjusts a metric.
     *
     * @param metric of each arm
     * @param covariate of each arm, over buckets of the same users
     */
    public static Cuped of(List<BucketRatio> metric, List<BucketRatio> covariate) {
        double common = 0;
        double together = 0;
        double square = 0;
        for (int arm = 0; arm < metric.size(); arm++) {
            common += covariate.get(arm).estimate().value() / metric.size();
            double[] outcome = metric.get(arm).influence();
            double[] before = covariate.get(arm).influence();
            for (int bucket = 0; bucket < outcome.length; bucket++) {
                together += outcome[bucket] * before[bucket];
                square += before[bucket] * before[bucket];
            }
        }
        double slope = square > 0 ? together / square : 0;
        List<Estimate> adjusted = new ArrayList<>();
        double reduction = 0;
        for (int arm = 0; arm < metric.size(); arm++) {
            Estimate plain = metric.get(arm).estimate();
            double[] left = metric.get(arm).influence().clone();
            double[] before = covariate.get(arm).influence();
            for (int bucket = 0; bucket < left.length; bucket++) {
                left[bucket] -= slope * before[bucket];
            }
            double departure = covariate.get(arm).estimate().value() - common;
            double variance = BucketRatio.varianceOfMean(left);
            adjusted.add(new Estimate(plain.value() - slope * departure, variance));
            reduction += plain.variance() > 0 ? 1 - variance / plain.variance() : 0;
        }
        return new Cuped(adjusted, Math.clamp(reduction / metric.size(), 0, 1));
    }
}
