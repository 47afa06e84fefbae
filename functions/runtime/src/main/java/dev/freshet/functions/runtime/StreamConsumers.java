package dev.freshet.functions.runtime;

import dev.freshet.aws.Settings;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.lake.LakeExamples;
import dev.freshet.lake.LakeReader;
import dev.freshet.training.Replay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

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
}
