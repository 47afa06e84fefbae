package dev.freshet.functions.runtime;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.features.EventOutcome;
import dev.freshet.features.FeatureFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Passes batches of the {@code events} stream to the feature flow and measures each. */
public final class FeaturesConsumer {
    private final FeatureFlow flow;
    private final Metrics metrics;

    public FeaturesConsumer(FeatureFlow flow, Metrics metrics) {
        this.flow = flow;
        this.metrics = metrics;
    }

    /** Takes and measures a batch; see {@link FeatureFlow#process}. */
    public Optional<ShardPosition> take(List<StreamRecord> batch, Instant start, Instant deadline) {
        FeatureFlow.Outcome outcome = flow.process(batch, deadline);
        measure(batch, outcome, start);
        return outcome.unfinished();
    }

    private void measure(List<StreamRecord> batch, FeatureFlow.Outcome outcome, Instant start) {
        Metrics.Line line =
                metrics.line()
                        .milliseconds("WriteFlowDelayMs", millis(start, outcome.rowsWritten()))
                        .count("Records", batch.size())
                        .count("Examples", outcome.emitted())
                        .count("Stored", outcome.count(EventOutcome.STORED))
                        .count("Redelivered", outcome.count(EventOutcome.REDELIVERED))
                        .count("Duplicates", outcome.count(EventOutcome.DUPLICATE))
                        .count("WithoutConsent", outcome.count(EventOutcome.WITHOUT_CONSENT))
                        .count("Erased", outcome.count(EventOutcome.ERASED))
                        .count("Forgotten", outcome.count(EventOutcome.ERASURE))
                        .count(
                                "RetractionsOfNothing",
                                outcome.count(EventOutcome.NOTHING_TO_RETRACT))
                        .count("TakenBack", outcome.count(EventOutcome.ALREADY_RETRACTED))
                        .count("AliasesRefused", outcome.count(EventOutcome.ALIAS_REFUSED))
                        .count("Quarantined", outcome.count(EventOutcome.QUARANTINED))
                        .count("UnfinishedBatches", outcome.unfinished().isPresent() ? 1 : 0);
        line.saying("traces", TraceDigits.of(outcome.traces()));
        if (!batch.isEmpty()) {
            line.milliseconds(
                    "EventAgeMs", millis(batch.getFirst().arrivedAt(), outcome.rowsWritten()));
        }
        line.write();
    }

    private static long millis(Instant from, Instant to) {
        return Math.max(0, Duration.between(from, to).toMillis());
    }
}
