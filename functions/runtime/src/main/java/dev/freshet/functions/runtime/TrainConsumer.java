package dev.freshet.functions.runtime;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.training.TrainingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Consumer of the {@code examples} stream: passes batches to the training flow and measures each.
 */
public final class TrainConsumer {
    private final TrainingFlow flow;
    private final Metrics metrics;
    private final InstantSource clock;

    public TrainConsumer(TrainingFlow flow, Metrics metrics, InstantSource clock) {
        this.flow = flow;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Processes a batch and writes its metrics.
     *
     * @param start when the invocation began
     * @return the lowest record to be delivered again, as {@link TrainingFlow#process} returns it
     */
    public synchronized Optional<ShardPosition> take(List<StreamRecord> batch, Instant start) {
        TrainingFlow.Outcome outcome = flow.process(batch);
        metrics.line()
                .add(
                        MetricName.TRAIN_MS,
                        Math.max(0, Duration.between(start, clock.instant()).toMillis()))
                .add(MetricName.EXAMPLES_APPLIED, outcome.applied())
                .add(MetricName.EXAMPLES_SKIPPED, outcome.skipped())
                .add(MetricName.BEYOND_BOUNDS, outcome.beyondBounds())
                .add(MetricName.QUARANTINED, outcome.quarantined())
                .add(MetricName.APPEND_ATTEMPTS, outcome.attempts())
                .add(MetricName.TREND_WINDOWS_PENDING, outcome.pendingTrends())
                .add(MetricName.UNFINISHED_BATCHES, outcome.unfinished().isPresent() ? 1 : 0)
                .property("modelVersion", outcome.version())
                .property("traces", TraceDigits.of(outcome.traces()))
                .write();
        return outcome.unfinished();
    }
}
