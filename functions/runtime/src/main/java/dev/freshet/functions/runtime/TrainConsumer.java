package dev.freshet.functions.runtime;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.CompactionRequests;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import dev.freshet.training.TrainingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumer of the {@code examples} stream: passes batches to the training flow, measures each, and
 * asks for a compaction each {@value CompactionRequests#VERSIONS} versions.
 */
public final class TrainConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(TrainConsumer.class);

    private final TrainingFlow flow;
    private final CompactionRequests compactions;
    private final Metrics metrics;
    private final InstantSource clock;

    /** Creates a consumer that has not seen a version yet. */
    public TrainConsumer(
            TrainingFlow flow, CompactionTrigger compaction, Metrics metrics, InstantSource clock) {
        this.flow = flow;
        this.compactions = new CompactionRequests(compaction, clock);
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
        Metrics.Line line = metrics.line();
        if (!compactionRequested(outcome.version())) {
            line.add(MetricName.COMPACTION_REQUESTS_FAILED, 1);
        }
        if (!outcome.announced()) {
            line.add(MetricName.ANNOUNCEMENTS_FAILED, 1);
        }
        if (outcome.boundedMoves() > 0) {
            line.add(MetricName.WEIGHTS_AT_BOUND, outcome.boundedMoves());
        }
        line.add(
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
                .traces(outcome.traces())
                .write();
        return outcome.unfinished();
    }

    /** Asks for a compaction if one is due; returns false if the request was not accepted. */
    private boolean compactionRequested(long version) {
        try {
            compactions.reached(version);
            return true;
        } catch (StoreUnavailableException refused) {
            LOG.warn("The model log grows until the next compaction", refused);
            return false;
        }
    }
}
