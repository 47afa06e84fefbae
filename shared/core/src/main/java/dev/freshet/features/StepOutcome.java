package dev.freshet.features;

import dev.freshet.example.Example;
import org.jspecify.annotations.Nullable;

/**
 * The result of one finished record of {@code events}.
 *
 * @param example to emit for training, or null
 */
record StepOutcome(EventOutcome outcome, @Nullable Example example) {
    static StepOutcome of(EventOutcome outcome) {
        return new StepOutcome(outcome, null);
    }
}
