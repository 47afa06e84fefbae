package dev.freshet.quarantine.retry;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.retry.AppliedPositions.AlreadyApplied;
import dev.freshet.quarantine.retry.AppliedPositions.Available;
import dev.freshet.quarantine.retry.AppliedPositions.Exhausted;
import dev.freshet.quarantine.retry.AppliedPositions.Undetermined;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a quarantined record of {@code examples} and puts again those that the model has not
 * learned, each under the first of its {@link RetryPosition}s that the marks have not passed. While
 * an example is in flight, that is the source under which it was put, so putting it twice has the
 * effect of once.
 */
record ExampleResubmission(ExampleLog examples, AppliedPositions learned) {

    /** Puts the examples, or returns why not; does not settle the entry. */
    Outcome put(Entry entry, Assurance assurance) {
        List<Example> decoded;
        try {
            decoded = ExampleCodec.decode(entry.payload());
        } catch (RuntimeException undecodable) {
            return Outcome.unreadable(undecodable);
        }
        List<Example> missing = new ArrayList<>();
        List<Example> itemChanges = new ArrayList<>();
        for (Example example : decoded) {
            if (!(example instanceof Example.FromEvents interaction)) {
                itemChanges.add(example);
                continue;
            }
            ShardPosition origin = RetryPosition.origin(interaction.source());
            switch (learned.placement(origin, assurance.sendUnproven())) {
                case AlreadyApplied() -> {}
                case Undetermined() -> {
                    return Outcome.unproven();
                }
                case Available(ShardPosition source, int round) ->
                        missing.add(interaction.from(source));
                case Exhausted() ->
                        throw new IllegalStateException(
                                "passed over in "
                                        + RetryPosition.MAX_ROUNDS
                                        + " rounds: "
                                        + origin);
            }
        }
        if (missing.isEmpty() && itemChanges.isEmpty()) {
            return Outcome.learned();
        }
        int notLearned = missing.size();
        missing.addAll(itemChanges);
        ExampleParts.putAll(missing, examples);
        return notLearned == 0
                ? new Outcome(State.RETRIED, "Its items are in the stream again.")
                : new Outcome(
                        State.SENT,
                        "%d of its %d examples were not learned and are in the stream again."
                                .formatted(notLearned, decoded.size()));
    }
}
