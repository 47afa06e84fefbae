package dev.freshet.experiment;

import static dev.freshet.experiment.ExperimentReader.MAX_PLANNED;

import dev.freshet.experiment.Experiment.Arm;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.statistics.BucketRatio;
import dev.freshet.statistics.ConfidenceInterval;
import dev.freshet.statistics.ConfidenceSequence;
import dev.freshet.statistics.Cuped;
import dev.freshet.statistics.Estimate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares a metric of an arm with that of the control. The conclusion rests on the absolute
 * difference: with few events its interval keeps its promise, where that of the relative lift need
 * not. The lift has, from {@value #LEAST_EVENTS} events an arm on, all ratios that the sequence
 * does not tell from the data, so that it leaves 0 out exactly where the difference does.
 *
 * @param share of the experiment's users of whom these are the sums: intervals are narrowest at
 *     this share of the planned users
 */
record MetricAnalysis(Experiment experiment, ExperimentSums sums, double share) {
    /** Users of an arm from which on anything is compared: the intervals hold asymptotically. */
    static final long LEAST_USERS = 100;

    /** Events of an arm from which on a lift is reported. */
    static final long LEAST_EVENTS = 100;

    /**
     * Returns the comparison.
     *
     * @param alpha chance that the interval ever misses
     * @return empty where an arm has too few users, or nothing varies
     */
    Optional<MetricComparison> compare(Metric metric, Arm arm, double alpha) {
        BucketSums control = sums.of(experiment.control().id());
        BucketSums treated = sums.of(arm.id());
        long users = Math.min(control.total(Column.USERS), treated.total(Column.USERS));
        Optional<BucketRatio> controlRatio = ratio(control, metric);
        Optional<BucketRatio> treatedRatio = ratio(treated, metric);
        if (users < LEAST_USERS || controlRatio.isEmpty() || treatedRatio.isEmpty()) {
            return Optional.empty();
        }
        Cuped cuped =
                Cuped.of(
                        List.of(controlRatio.get(), treatedRatio.get()),
                        List.of(before(control), before(treated)));
        Estimate difference = cuped.adjusted().get(1).minus(cuped.adjusted().get(0));
        if (difference.variance() == 0) {
            return Optional.empty();
        }
        double parts = metric.unit().parts();
        double both = control.total(Column.USERS) + treated.total(Column.USERS);
        double enrolled = enrolled(experiment, sums);
        double planned = planned(arm);
        ConfidenceSequence sequence = new ConfidenceSequence(alpha, planned);
        double errorAtPlan = difference.error() * Math.sqrt(both / planned);
        return Optional.of(
                new MetricComparison(
                        metric,
                        controlRatio.get().estimate().value() / parts,
                        treatedRatio.get().estimate().value() / parts,
                        difference.value() / parts,
                        difference.error() / parts,
                        sequence.interval(difference, both).map(value -> value / parts),
                        events(control, metric) && events(treated, metric)
                                ? lift(cuped.adjusted(), sequence, both)
                                : null,
                        sequence.p(difference.standardised(), both),
                        sequence.logE(difference.standardised(), both),
                        cuped.reduction(),
                        sequence.halfWidth(errorAtPlan, planned) / parts,
                        Math.ceil(
                                enrolled
                                        / both
                                        * sequence.usersToExcludeZero(
                                                difference.standardised(),
                                                both,
                                                both * MAX_PLANNED / enrolled))));
    }

    /** Returns the users of all arms. */
    static double enrolled(Experiment experiment, ExperimentSums sums) {
        return experiment.arms().stream()
                .mapToLong(arm -> sums.of(arm.id()).total(Column.USERS))
                .sum();
    }

    /** Returns how many of the planned users are in the control and the arm. */
    private double planned(Arm arm) {
        return share * experiment.plannedUsers() * (experiment.control().weight() + arm.weight());
    }

    private static boolean events(BucketSums arm, Metric metric) {
        return arm.total(metric.events()) >= LEAST_EVENTS;
    }

    private static Optional<BucketRatio> ratio(BucketSums arm, Metric metric) {
        return BucketRatio.of(arm.column(metric.numerator()), arm.column(metric.denominator()));
    }

    private static BucketRatio before(BucketSums arm) {
        return BucketRatio.of(arm.column(Column.COVARIATE), arm.column(Column.USERS)).orElseThrow();
    }

    private static @Nullable ConfidenceInterval lift(
            List<Estimate> estimates, ConfidenceSequence sequence, double users) {
        Estimate control = estimates.get(0);
        Estimate arm = estimates.get(1);
        if (control.value() <= 0 || arm.value() <= 0) {
            return null;
        }
        return arm.ratioTo(control, sequence.halfWidth(1, users))
                .map(ratios -> ratios.map(ratio -> ratio - 1))
                .orElse(null);
    }
}
