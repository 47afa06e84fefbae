package dev.freshet.experiment;

import dev.freshet.statistics.ConfidenceInterval;
import org.jspecify.annotations.Nullable;

/**
 * A metric of an arm beside that of the control, in the metric's unit, with an interval that holds
 * at every look.
 *
 * @param control the metric of the control
 * @param arm the metric of the arm
 * @param difference arm − control; interval, lift and evidence are about it. Where behaviour before
 *     the experiment explains a part of the metric, that part is taken out, so the difference can
 *     depart a little from that of the two values
 * @param error standard error of the difference
 * @param interval of the difference
 * @param lift interval of the ratio of arm and control, less 1; null below 100 events an arm
 * @param p of a difference of 0, valid at every look
 * @param logE ln of the evidence against a difference of 0
 * @param varianceReduction share of the variance that behaviour before the experiment explained
 * @param halfWidthAtPlan half the interval's width to expect at the planned number of users
 */
public record MetricComparison(
        Metric metric,
        double control,
        double arm,
        double difference,
        double error,
        ConfidenceInterval interval,
        @Nullable ConfidenceInterval lift,
        double p,
        double logE,
        double varianceReduction,
        double halfWidthAtPlan) {
    /** Returns the interval with larger numbers for better ones. */
    ConfidenceInterval gain() {
        return metric.moreIsBetter() ? interval : interval.negated();
    }
}
