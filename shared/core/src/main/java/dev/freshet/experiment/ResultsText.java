package dev.freshet.experiment;

import dev.freshet.experiment.Experiment.ExperimentStatus;
import dev.freshet.experiment.Results.ArmResult;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.statistics.ConfidenceInterval;
import java.util.Locale;
import java.util.StringJoiner;

/** Says what an experiment shows, for a person who never ran one. */
final class ResultsText {
    private ResultsText() {}

    static String sentence(Experiment experiment, Results results) {
        StringJoiner text = new StringJoiner(" ");
        switch (results.conclusion()) {
            case NO_IMPRESSIONS ->
                    text.add(
                            "No user is enrolled yet: users enrol with the first impression, so"
                                    + " check that the page sends impressions.");
            case INVALID ->
                    text.add(
                            "The results are not valid: users are not split between the arms as"
                                    + " intended, which means that users of one arm get lost. Find the"
                                    + " cause, then begin a new phase with a new salt.");
            default -> {
                for (ArmResult arm : results.arms()) {
                    text.add(arm(experiment, arm));
                }
                text.add(end(experiment, results));
            }
        }
        if (results.crossedWarning()) {
            text.add(
                    String.format(
                            Locale.ROOT,
                            "Warning: %,d users were shown two arms and are left out.",
                            results.crossed()));
        }
        return text.toString();
    }

    private static String arm(Experiment experiment, ArmResult result) {
        MetricComparison primary = result.primary();
        if (primary == null) {
            return String.format(
                    Locale.ROOT,
                    "Arm %s cannot be compared yet: it and the control need %d users each and some"
                            + " events.",
                    result.arm(),
                    MetricAnalysis.LEAST_USERS);
        }
        boolean holdout = experiment.isHoldout();
        String control = experiment.control().id();
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                switch (turned(result.conclusion(), holdout)) {
                                    case BETTER -> "Arm %s is better than %s:";
                                    case WORSE -> "Arm %s is worse than %s:";
                                    case WITHIN_MARGIN ->
                                            "Arm %s makes no difference that matters to %s:";
                                    default -> "Arm %s and %s cannot be told apart yet:";
                                },
                                holdout ? control : result.arm(),
                                holdout ? result.arm() : control));
        ConfidenceInterval interval = holdout ? primary.interval().negated() : primary.interval();
        text.append(
                String.format(
                        Locale.ROOT,
                        " %s %s against %s, a difference between %s and %s",
                        primary.metric().words(),
                        value(holdout ? primary.control() : primary.arm(), primary.metric()),
                        value(holdout ? primary.arm() : primary.control(), primary.metric()),
                        signed(interval.low(), primary.metric()),
                        signed(interval.high(), primary.metric())));
        ConfidenceInterval lift = primary.lift();
        if (lift != null && !(holdout && lift.low() <= -1)) {
            ConfidenceInterval ratio =
                    holdout
                            ? new ConfidenceInterval(
                                    1 / (1 + lift.high()) - 1, 1 / (1 + lift.low()) - 1)
                            : lift;
            text.append(
                    withMinus(
                            String.format(
                                    Locale.ROOT,
                                    " (%+.1f %% to %+.1f %%)",
                                    100 * ratio.low(),
                                    100 * ratio.high())));
        }
        text.append('.');
        for (ArmResult.GuardrailResult guardrail : result.guardrails()) {
            if (guardrail.state() == ArmResult.GuardrailState.HARMED) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                " Guardrail harmed: %s.",
                                guardrail.comparison().metric().words()));
            }
        }
        return text.toString();
    }

    /**
     * Returns a conclusion as it is said. The second arm of a holdout goes without recommendation,
     * so what is said is what the first one, with recommendation, gains over it.
     */
    private static Results.Conclusion turned(Results.Conclusion conclusion, boolean holdout) {
        return switch (conclusion) {
            case BETTER -> holdout ? Results.Conclusion.WORSE : conclusion;
            case WORSE -> holdout ? Results.Conclusion.BETTER : conclusion;
            default -> conclusion;
        };
    }

    private static String end(Experiment experiment, Results results) {
        if (experiment.status() == ExperimentStatus.STOPPED) {
            return "The experiment was stopped.";
        }
        if (experiment.isHoldout()) {
            return "Let it run: a holdout tells for as long as it lasts what recommendation is worth.";
        }
        if (results.arms().stream().anyMatch(ArmResult::harmed)) {
            return "Think about stopping it, because a guardrail is harmed.";
        }
        if (results.conclusion().decided()) {
            return "The experiment may be stopped now.";
        }
        MetricComparison primary = results.arms().getFirst().primary();
        return primary == null || results.enrolled() >= experiment.plannedUsers()
                ? "It may run on, or be stopped without a conclusion."
                : String.format(
                        Locale.ROOT,
                        "Let it run: at the planned %,d users a difference of %s would show.",
                        experiment.plannedUsers(),
                        signed(primary.halfWidthAtPlan(), primary.metric()).substring(1));
    }

    private static String value(double value, Metric metric) {
        return switch (metric.unit()) {
            case SHARE -> String.format(Locale.ROOT, "%.2f %%", 100 * value);
            case NUMBER -> String.format(Locale.ROOT, "%.4g", value);
            case MONEY -> String.format(Locale.ROOT, "%,.4f", value);
        };
    }

    private static String signed(double value, Metric metric) {
        return withMinus(
                switch (metric.unit()) {
                    case SHARE -> String.format(Locale.ROOT, "%+.2f points", 100 * value);
                    case NUMBER -> String.format(Locale.ROOT, "%+.4g", value);
                    case MONEY -> String.format(Locale.ROOT, "%+,.4f", value);
                });
    }

    /** Returns a text of numbers with minus signs in place of hyphens. */
    private static String withMinus(String numbers) {
        return numbers.replace('-', '\u2212');
    }
}
