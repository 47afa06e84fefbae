package dev.freshet.experiment;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment measures, fixed before it runs.
 *
 * @param primary decides
 * @param margin a relative difference that does not matter, 0 to 1; 0: every difference matters
 * @param guardrails must not be harmed
 * @param secondary are reported, corrected for their number
 * @param window the time from a user's first exposure in which outcomes count
 * @param currency of the revenue that is summed, three capital letters; null if none is
 */
public record MetricPlan(
        Metric primary,
        double margin,
        List<Guardrail> guardrails,
        List<Metric> secondary,
        Duration window,
        @Nullable String currency) {
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
