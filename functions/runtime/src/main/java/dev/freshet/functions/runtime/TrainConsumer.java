package dev.freshet.functions.runtime;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.training.TrainingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Passes batches of the {@code examples} stream to the training flow and measures each. */
public final class TrainConsumer {
    private final TrainingFlow flow;
    private final Metrics metrics;
    private final InstantSource clock;

    public TrainConsumer(TrainingFlow flow, Metrics metrics, InstantSource clock) {
        this.flow = flow;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes and measures a batch; see {@link TrainingFlow#process}. */
    public synchronized Optional<ShardPosition> take(List<StreamRecord> batch, Instant start) {
        TrainingFlow.Outcome outcome = flow.process(batch);
        metrics.line()
                .milliseconds(
                        "TrainMs", Math.max(0, Duration.between(start, clock.instant()).toMillis()))
                .count("ExamplesApplied", outcome.applied())
                .count("ExamplesSkipped", outcome.skipped())
                .count("Quarantined", outcome.quarantined())
                .count("AppendAttempts", outcome.attempts())
                .count("TrendsWaiting", outcome.pendingTrends())
                .count("UnfinishedBatches", outcome.unfinished().isPresent() ? 1 : 0)
                .saying("version", outcome.version())
                .saying("traces", TraceDigits.of(outcome.traces()))
                .write();
        return outcome.unfinished();
    }
}
