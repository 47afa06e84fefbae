package dev.freshet.experiment;

import java.time.Duration;
import java.util.List;

/**
 * What an experiment measures, fixed before it runs.
 *
 * @param primary decides
 * @param margin a relative difference that does not matter, 0 to 1; 0: every difference matters
 * @param guardrails must not be harmed
 * @param secondary are reported, corrected for their number
 * @param window the time from a user's first exposure in which outcomes count
 */
public record MetricPlan(
        Metric primary,
        double margin,
        List<Guardrail> guardrails,
        List<Metric> secondary,
        Duration window) {
    /**
     * A metric that must not be harmed.
     *
     * @param margin relative harm that is accepted, 0 to 1
     */
    public record Guardrail(Metric metric, double margin) {}

    public MetricPlan {
        guardrails = List.copyOf(guardrails);
        secondary = List.copyOf(secondary);
    }
}
