package dev.freshet.features;

import dev.freshet.example.Example;
import org.jspecify.annotations.Nullable;

/**
 * What became of one finished record of {@code events}.
 *
 * @param example what train is to learn from it, or null
 */
record StepOutcome(EventOutcome outcome, @Nullable Example example) {
    static StepOutcome of(EventOutcome outcome) {
        return new StepOutcome(outcome, null);
    }
}
