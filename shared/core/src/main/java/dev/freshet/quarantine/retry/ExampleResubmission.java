package dev.freshet.quarantine.retry;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog;
import dev.freshet.example.ExampleParts;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.retry.AppliedPositions.Free;
import dev.freshet.quarantine.retry.AppliedPositions.Known;
import dev.freshet.quarantine.retry.AppliedPositions.Spent;
import dev.freshet.quarantine.retry.AppliedPositions.Untold;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a quarantined record of {@code examples} apart and puts again what the model has not
 * learned of it, each example under the first of its {@link RetryPosition}s that the marks have not
 * passed: while one is on its way, that is the one it was put under, so twice is once.
 */
record ExampleResubmission(ExampleLog examples, AppliedPositions learned) {

    /** Puts, or says why not; settles nothing. */
    Outcome put(Entry entry, Assurance assurance) {
        List<Example> held;
        try {
            held = ExampleCodec.decode(entry.payload());
        } catch (RuntimeException undecodable) {
            return Outcome.unreadable(undecodable);
        }
        List<Example> missing = new ArrayList<>();
        List<Example> byVersion = new ArrayList<>();
        for (Example example : held) {
            if (!(example instanceof Example.FromEvents interaction)) {
                byVersion.add(example);
                continue;
            }
            ShardPosition origin = RetryPosition.origin(interaction.source());
            switch (learned.place(origin, assurance.sendUnproven())) {
                case Known() -> {}
                case Untold() -> {
                    return Outcome.unproven();
                }
                case Free(ShardPosition source, int round) -> missing.add(interaction.from(source));
                case Spent() ->
                        throw new IllegalStateException(
                                "passed over in "
                                        + RetryPosition.MAX_ROUNDS
                                        + " rounds: "
                                        + origin);
            }
        }
        if (missing.isEmpty() && byVersion.isEmpty()) {
            return Outcome.learned();
        }
        int asked = missing.size();
        missing.addAll(byVersion);
        ExampleParts.putAll(missing, examples);
        return asked == 0
                ? new Outcome(State.RETRIED, "Its items stand in the stream again.")
                : new Outcome(
                        State.SENT,
                        "%d of its %d examples were not learned and stand in the stream again."
                                .formatted(asked, held.size()));
    }
}
