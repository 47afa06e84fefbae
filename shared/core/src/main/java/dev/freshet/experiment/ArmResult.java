package dev.freshet.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    public enum GuardrailState {
        /** The harm is at most the margin. */
        SAFE,
        /** The harm is more than the margin. */
        HARMED,
        /** Neither is known yet. */
        UNCLEAR;

        /** Returns the name in answers: {@code safe}. */
        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A guardrail and what is known of it. */
    public record GuardrailResult(
            @JsonUnwrapped MetricComparison comparison, GuardrailState state) {}

    /** A secondary metric and whether its difference is a discovery. */
    public record SecondaryResult(@JsonUnwrapped MetricComparison comparison, boolean discovered) {}

    public ArmResult {
        guardrails = List.copyOf(guardrails);
        secondary = List.copyOf(secondary);
    }

    /** Returns whether any guardrail is harmed. */
    public boolean harmed() {
        return guardrails.stream().anyMatch(one -> one.state() == GuardrailState.HARMED);
    }
}
