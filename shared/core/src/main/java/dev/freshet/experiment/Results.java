package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.freshet.json.WireName;
import dev.freshet.statistics.ConfidenceInterval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment shows at a look.
 *
 * @param conclusion over all arms: better where one arm is, worse or within margin where all are
 * @param sentence for a person: the conclusion, the interval, and whether the experiment may end
 * @param users enrolled, by arm
 * @param split whether users were split as intended
 * @param crossed users who were shown two arms and are left out
 * @param arms all but the control
 */
public record Results(
        Conclusion conclusion,
        String sentence,
        Map<String, Long> users,
        Split split,
        long crossed,
        @JsonIgnore List<ArmResult> arms) {
    /** The share of crossed users from which on results come with a warning. */
    public static final double CROSSED_WARNING = 0.01;

    /**
     * A metric of an arm beside that of the control, in the metric's unit, with an interval that
     * holds at every look.
     *
     * @param control the metric of the control
     * @param arm the metric of the arm
     * @param difference arm − control; interval, lift and evidence are about it. Where behaviour
     *     before the experiment explains a part of the metric, that part is taken out, so the
     *     difference can depart a little from that of the two values
     * @param error standard error of the difference
     * @param interval of the difference
     * @param lift interval of the ratio of arm and control, less 1; null below 100 events an arm
     * @param p of a difference of 0, valid at every look
     * @param logE ln of the evidence against a difference of 0
     * @param varianceReduction share of the variance that behaviour before the experiment explained
     * @param halfWidthAtPlan half the interval's width to expect at the planned number of users
     * @param usersToDecide users of all arms from which on the interval would leave 0 if the
     *     difference stayed as it is; the present number where it has, infinity where {@value
     *     ExperimentReader#MAX_PLANNED} would not do
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
            double halfWidthAtPlan,
            double usersToDecide) {
        /** Returns the metric in words. */
        @JsonProperty
        public String name() {
            return metric.words();
        }

        /** Returns the interval with larger numbers for better ones. */
        ConfidenceInterval gain() {
            return metric.moreIsBetter() ? interval : interval.negated();
        }
    }

    /** What an experiment shows at a look. */
    public enum Conclusion implements WireName {
        /** The primary metric is better than the control's. */
        BETTER,
        /** The primary metric is worse than the control's. */
        WORSE,
        /** The difference is smaller than what matters. */
        WITHIN_MARGIN,
        /** Neither is known yet. */
        RUNNING,
        /** Users were not split as intended, so nothing can be concluded. */
        INVALID,
        /** Nobody was enrolled, since impressions enrol. */
        NO_IMPRESSIONS;

        /** Returns whether the experiment has answered its question and may end. */
        public boolean decided() {
            return this == BETTER || this == WORSE || this == WITHIN_MARGIN;
        }
    }

    /**
     * An arm compared with the control.
     *
     * @param primary null where there is nothing to compare yet
     * @param secondary those with data; discovered at a false discovery rate of 5 % over all arms
     */
    public record ArmResult(
            String arm,
            Conclusion conclusion,
            @JsonIgnore @Nullable MetricComparison primary,
            List<GuardrailResult> guardrails,
            List<SecondaryResult> secondary) {
        /** What is known of a guardrail. */
        public enum GuardrailState implements WireName {
            /** The harm is at most the margin. */
            SAFE,
            /** The harm is more than the margin. */
            HARMED,
            /** Neither is known yet. */
            UNCLEAR
        }

        /** A guardrail and what is known of it. */
        public record GuardrailResult(
                @JsonUnwrapped MetricComparison comparison, GuardrailState state) {}

        /** A secondary metric and whether its difference is a discovery. */
        public record SecondaryResult(
                @JsonUnwrapped MetricComparison comparison, boolean discovered) {}

        /** Returns whether any guardrail is harmed. */
        public boolean harmed() {
            return guardrails.stream().anyMatch(one -> one.state() == GuardrailState.HARMED);
        }
    }

    /**
     * The check of the split.
     *
     * @param logE ln of the evidence against the intended split
     * @param chiSquareP of the χ² test for a single look, for comparison with other tools
     * @param alarm whether the split is wrong
     */
    public record Split(double logE, double chiSquareP, boolean alarm) {}

    public Results {
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        arms = List.copyOf(arms);
    }

    Results with(String otherSentence) {
        return new Results(conclusion, otherSentence, users, split, crossed, arms);
    }

    /** Returns the users of all arms. */
    @JsonProperty
    public long enrolled() {
        return users.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns whether too many users crossed arms. */
    @JsonProperty
    public boolean crossedWarning() {
        return crossed > CROSSED_WARNING * (enrolled() + crossed);
    }
}
