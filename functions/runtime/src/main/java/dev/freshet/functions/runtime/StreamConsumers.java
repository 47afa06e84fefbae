package dev.freshet.functions.runtime;

import dev.freshet.aws.Settings;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.training.Replay;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The two flows of the write side for a process that reads the streams by itself, wired and
 * measured as the handlers are. Clients and the secret are shared by all that it makes.
 */
public final class StreamConsumers {
    private final Wiring wiring;
    private final Metrics metrics;

    public StreamConsumers(Settings settings) {
        this.wiring = new Wiring(settings);
        this.metrics = wiring.metrics();
    }

    /** What takes the batches of one shard. Used by one thread. */
    @FunctionalInterface
    public interface StreamConsumer {
        /**
         * Takes one batch.
         *
         * @param batch of one shard, in ascending sequence, not empty
         * @param deadline no further record is begun from here on
         * @return the lowest record that has to come again, or empty when all are finished
         * @throws RuntimeException where a person has to look; nothing is finished then
         */
        Optional<ShardPosition> take(List<StreamRecord> batch, Instant deadline);
    }

    /** From {@code events} to rows and examples: one for each shard. */
    public StreamConsumer features() {
        FeaturesConsumer consumer = wiring.featuresConsumer();
        return (batch, deadline) ->
                logged("features", () -> consumer.take(batch, clock().instant(), deadline));
    }

    /** From {@code examples} to the model. Looks at no deadline: a batch is one version. */
    public StreamConsumer train() {
        TrainConsumer consumer = wiring.trainConsumer();
        return (batch, deadline) -> logged("train", () -> consumer.take(batch, clock().instant()));
    }

    /**
     * Rebuilds a model from the history of examples; where that is no longer whole, tells the
     * catalogue first, which takes its time.
     *
     * @param modelId the rebuilt model's; where its log is there in part, the replay goes on
     * @param from where to begin; empty for the oldest record
     * @param told is told what is done first, in a sentence
     */
    public Replay replay(String modelId, Optional<Instant> from, Consumer<String> told) {
        return wiring.replay(modelId, from, told);
    }

    /** The id of the model that is served and trained. */
    public String currentModel() {
        return wiring.currentModel();
    }

    private static <T> T logged(String function, Supplier<T> work) {
        LogContext lines = LogContext.of(function);
        try {
            return work.get();
        } finally {
            lines.close();
        }
    }

    /** Measures how far a consumer is behind its stream, in milliseconds, by this metric's name. */
    public void behind(String metric, Duration behind) {
        metrics.line().milliseconds(metric, Math.max(0, behind.toMillis())).write();
    }

    /** The time that everything here goes by. */
    public InstantSource clock() {
        return wiring.clock();
    }
}
