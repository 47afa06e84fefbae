package dev.freshet.functions.runtime;

import dev.freshet.aws.Settings;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.features.FeatureFlow;
import dev.freshet.features.FeatureFlow.ConsentCounts;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.lake.LakeExamples;
import dev.freshet.lake.LakeReader;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.training.CompactionRequests;
import dev.freshet.training.CompactionRequests.CompactionTrigger;
import dev.freshet.training.Replay;
import dev.freshet.training.TrainingFlow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two flows of the write side, for a process that reads the streams itself, wired and measured
 * as the Lambda handlers are. Clients and the secret are shared by everything created here.
 */
public final class StreamConsumers {
    private final Wiring wiring;
    private final Metrics metrics;

    public StreamConsumers(Settings settings) {
        this.wiring = new Wiring(settings);
        this.metrics = wiring.metrics();
    }

    /** A consumer of the batches of one shard. Used by one thread. */
    @FunctionalInterface
    public interface StreamConsumer {
        /**
         * Processes one batch.
         *
         * @param batch of one shard, in ascending sequence, not empty
         * @param deadline no further record is started after this time
         * @return the lowest record to be delivered again, or empty if all are finished
         * @throws RuntimeException if an operator has to intervene; nothing is finished then
         */
        Optional<ShardPosition> take(List<StreamRecord> batch, Instant deadline);
    }

    /** Returns a consumer of {@code events}, which writes rows and examples; one for each shard. */
    public StreamConsumer features() {
        FeaturesConsumer consumer = wiring.featuresConsumer();
        return (batch, deadline) ->
                logged("features", () -> consumer.take(batch, clock().instant(), deadline));
    }

    /**
     * Returns a consumer of {@code examples}, which trains the model. It ignores the deadline,
     * since a batch is one version.
     */
    public StreamConsumer train() {
        TrainConsumer consumer = wiring.trainConsumer();
        return (batch, deadline) -> logged("train", () -> consumer.take(batch, clock().instant()));
    }

    /**
     * Returns a replay that rebuilds a model from the history of examples. If the history is
     * incomplete, the items of the catalogue are added to the model first, before this method
     * returns.
     *
     * @param modelId of the rebuilt model; if part of its log exists, the replay continues from
     *     there
     * @param from where to begin; empty for the oldest record
     * @param progress receives a sentence about what is done first
     */
    public Replay replay(String modelId, Optional<Instant> from, Consumer<String> progress) {
        return wiring.replays().replay(modelId, from, progress);
    }

    /**
     * Returns a replay that rebuilds a model from the lake, and then from what the history of
     * examples still has. Reads the profiles of all users, the catalogue and the definitions of
     * experiments before it returns.
     *
     * @param modelId of the rebuilt model; if part of its log exists, the replay continues from
     *     there
     * @param lake read while the replay runs; not closed
     * @param from the time of receipt of the first rows
     * @param progress receives a sentence about what is done first
     * @throws dev.freshet.lake.LakeHistory.UnsettledException if rows are missing in the lake's
     *     settled tables
     */
    public LakeReplay replayFromLake(
            String modelId, LakeReader lake, Instant from, Consumer<String> progress) {
        return wiring.replays().replayFromLake(modelId, lake, from, progress);
    }

    /** Returns the id of the model that is served and trained. */
    public String currentModel() {
        return wiring.replays().currentModel();
    }

    private static <T> T logged(String function, Supplier<T> work) {
        LogContext lines = LogContext.of(function);
        try {
            return work.get();
        } finally {
            lines.close();
        }
    }

    /** Writes the lag of a consumer behind its stream, in milliseconds, as this metric. */
    public void behind(MetricName metric, Duration behind) {
        metrics.line().add(metric, Math.max(0, behind.toMillis())).write();
    }

    /** Returns the clock of everything created here. */
    public InstantSource clock() {
        return wiring.clock();
    }

    /**
     * A replay that begins with the rows of the lake.
     *
     * @param rows counts the rows that became no examples, while the replay runs
     */
    public record LakeReplay(Replay replay, LakeExamples rows) {}

    /**
     * Consumer of the {@code events} stream: passes batches to the feature flow and measures each.
     */
    public record FeaturesConsumer(FeatureFlow flow, Metrics metrics) {
        private static final int MAX = Metrics.MAX_VALUES;

        /** What is counted of the events of a batch, by what became of them. */
        private static final Map<EventOutcome, MetricName> COUNTED =
                new EnumMap<>(
                        Map.of(
                                EventOutcome.STORED, MetricName.STORED,
                                EventOutcome.REDELIVERED, MetricName.REDELIVERED,
                                EventOutcome.DUPLICATE, MetricName.DUPLICATES,
                                EventOutcome.WITHOUT_CONSENT, MetricName.WITHOUT_CONSENT,
                                EventOutcome.ERASED, MetricName.DISCARDED_BY_ERASURE,
                                EventOutcome.ERASURE, MetricName.ERASURES_PROCESSED,
                                EventOutcome.NOTHING_TO_RETRACT, MetricName.RETRACTIONS_UNMATCHED,
                                EventOutcome.ALREADY_RETRACTED, MetricName.RETRACTED_BEFORE_RETRY,
                                EventOutcome.ALIAS_REFUSED, MetricName.ALIASES_REFUSED,
                                EventOutcome.QUARANTINED, MetricName.QUARANTINED));

        /**
         * Processes a batch and writes its metrics.
         *
         * @param start when the invocation began
         * @return the lowest record to be delivered again, as {@link FeatureFlow#process} returns
         *     it
         */
        public Optional<ShardPosition> take(
                List<StreamRecord> batch, Instant start, Instant deadline) {
            FeatureFlow.Outcome outcome = flow.process(batch, deadline);
            measure(batch, outcome, start);
            return outcome.unfinished();
        }

        private void measure(List<StreamRecord> batch, FeatureFlow.Outcome outcome, Instant start) {
            Metrics.Line line =
                    metrics.line()
                            .add(
                                    MetricName.WRITE_FLOW_DELAY_MS,
                                    millis(start, outcome.rowsWritten()))
                            .add(MetricName.RECORDS, batch.size())
                            .add(MetricName.EXAMPLES, outcome.emitted());
            COUNTED.forEach((what, metric) -> line.add(metric, outcome.count(what)));
            ConsentCounts consents = outcome.consents();
            line.add(MetricName.WITHOUT_PERSONALISATION, consents.withoutPersonalisation())
                    .add(MetricName.WITHOUT_ANALYTICS, consents.withoutAnalytics())
                    .add(MetricName.LISTS_OF_OTHERS, outcome.lists().ofOthers())
                    .add(MetricName.LISTS_OF_NOBODY, outcome.lists().ofNobody())
                    .add(MetricName.UNFINISHED_BATCHES, outcome.unfinished().isPresent() ? 1 : 0)
                    .traces(outcome.traces());
            if (!batch.isEmpty()) {
                line.add(
                        MetricName.EVENT_AGE_MS,
                        millis(batch.getFirst().arrivedAt(), outcome.rowsWritten()));
            }
            List<Long> fresh = outcome.freshnessMs();
            line.add(MetricName.FRESHNESS_MS, fresh.subList(0, Math.min(fresh.size(), MAX)))
                    .write();
            for (int from = MAX; from < fresh.size(); from += MAX) {
                metrics.line()
                        .add(
                                MetricName.FRESHNESS_MS,
                                fresh.subList(from, Math.min(fresh.size(), from + MAX)))
                        .write();
            }
        }

        private static long millis(Instant from, Instant to) {
            return Math.max(0, Duration.between(from, to).toMillis());
        }
    }

    /**
     * Consumer of the {@code examples} stream: passes batches to the training flow, measures each,
     * and asks for a compaction each {@value CompactionRequests#VERSIONS} versions.
     */
    public static final class TrainConsumer {
        private static final Logger LOG = LoggerFactory.getLogger(TrainConsumer.class);

        private final TrainingFlow flow;
        private final CompactionRequests compactions;
        private final Metrics metrics;
        private final InstantSource clock;

        /** Creates a consumer that has not seen a version yet. */
        public TrainConsumer(
                TrainingFlow flow,
                CompactionTrigger compaction,
                Metrics metrics,
                InstantSource clock) {
            this.flow = flow;
            this.compactions = new CompactionRequests(compaction, clock);
            this.metrics = metrics;
            this.clock = clock;
        }

        /**
         * Processes a batch and writes its metrics.
         *
         * @param start when the invocation began
         * @return the lowest record to be delivered again, as {@link TrainingFlow#process} returns
         *     it
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
}
