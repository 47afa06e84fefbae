package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardLoop.Lag;
import dev.freshet.local.mapping.StreamSource.SourceException;
import dev.freshet.local.template.Cloud.MappingSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Runner of one mapping: lists the shards every second and runs a {@link ShardLoop} for each
 * readable one.
 */
public final class MappingRunner implements AutoCloseable {

    private static final Duration LOOK_FOR_SHARDS = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_IDLE = Duration.ofMillis(5);
    private static final long GRACE_SECONDS = 5;

    final MappingSpec spec;
    final StreamSource source;
    final Checkpoints checkpoints;
    final MappingActions actions;
    final InstantSource clock;
    private final Consumer<String> messages;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ShardLoop> loops = new ConcurrentHashMap<>();
    private final LongAdder sourceErrors = new LongAdder();
    private volatile boolean stopped;

    public MappingRunner(
            MappingSpec spec,
            StreamSource source,
            LocalFunction function,
            Destination destination,
            Checkpoints checkpoints,
            InstantSource clock,
            Supplier<String> ids,
            Consumer<String> messages) {
        this.spec = spec;
        this.source = source;
        this.checkpoints = checkpoints;
        this.actions = new MappingActions(spec, function, destination, clock, ids, messages);
        this.clock = clock;
        this.messages = messages;
    }

    /** Starts reading. */
    public void start() {
        threads.execute(this::watch);
    }

    private void watch() {
        boolean first = true;
        while (!stopped) {
            try {
                readShards(!first);
                first = false;
            } catch (SourceException e) {
                sourceFailed(spec.id() + ": " + e.getMessage() + "; trying again.");
            }
            try {
                Thread.sleep(LOOK_FOR_SHARDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void readShards(boolean createdLater) {
        for (Lineage.Shard shard : Lineage.readable(source.shards(), checkpoints.finished())) {
            if (!loops.containsKey(shard.id())) {
                ShardLoop loop = new ShardLoop(this, shard.id(), createdLater);
                loops.put(shard.id(), loop);
                try {
                    threads.execute(() -> drive(shard.id(), loop));
                } catch (RejectedExecutionException closing) {
                    loops.remove(shard.id());
                    return;
                }
            }
        }
    }

    private void drive(String shard, ShardLoop loop) {
        try {
            loop.run();
        } catch (RuntimeException e) {
            if (stopped) {
                return; // An action was rejected; its records are delivered after a restart.
            }
            sourceFailed(
                    "%s failed on %s (%s) and resumes at its checkpoint."
                            .formatted(spec.id(), shard, e));
        } finally {
            loops.remove(shard);
        }
    }

    /** Counts a failure to read the stream, and reports it unless reading is stopped. */
    void sourceFailed(String message) {
        sourceErrors.increment();
        if (!stopped) {
            messages.accept(message);
        }
    }

    /** Returns the name of the function that gets the records. */
    public String function() {
        return spec.function();
    }

    /**
     * Returns how far the function is behind: the age of the oldest record that it has not
     * finished. Once reading is stopped, one record after each checkpoint is read for this.
     */
    public Flow.Consumer consumer() {
        Instant now = clock.instant();
        Instant oldest = oldest(lags(), stopped ? oldestUnread(now) : now);
        return new Flow.Consumer(spec.function(), Duration.between(oldest, now));
    }

    /**
     * Waits until all records that the stream has by now are finished.
     *
     * @return false if that takes longer than a time
     */
    public boolean awaitIdle(Duration atMost) throws InterruptedException {
        long giveUp = System.nanoTime() + atMost.toNanos();
        for (ShardLoop loop : loops.values()) {
            // The look that is under way may have begun before the latest record came.
            for (long enough = loop.idleLooks() + 2; loop.idleLooks() < enough; ) {
                if (stopped || System.nanoTime() > giveUp) {
                    return false;
                }
                Thread.sleep(LOOK_FOR_IDLE);
            }
        }
        return true;
    }

    private List<Lag> lags() {
        return loops.values().stream().map(ShardLoop::lag).toList();
    }

    /** Returns the earliest of a time and the arrivals of unfinished records. */
    private static Instant oldest(List<Lag> lags, Instant time) {
        return lags.stream()
                .flatMap(lag -> Stream.ofNullable(lag.oldest()))
                .reduce(time, (one, other) -> other.isBefore(one) ? other : one);
    }

    private Instant oldestUnread(Instant now) {
        Instant oldest = now;
        try {
            for (Lineage.Shard shard : source.shards()) {
                StreamSource.Position from = checkpoints.next(shard.id());
                for (ShardRecord record : source.open(shard.id(), from).next(1).records()) {
                    if (record.arrivedAt().isBefore(oldest)) {
                        oldest = record.arrivedAt();
                    }
                }
            }
        } catch (SourceException unread) {
            sourceErrors.increment();
        }
        return oldest;
    }

    /**
     * Returns counts and lag. {@code recordsBehind} is the number of records fetched and not
     * finished; {@code atLeast} means that the stream contains more.
     */
    public ObjectNode status() {
        List<Lag> lags = lags();
        Instant now = clock.instant();
        ObjectNode status =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("id", spec.id())
                        .put("stream", spec.stream())
                        .put("function", spec.function())
                        .put("shards", loops.size())
                        .put("recordsBehind", lags.stream().mapToInt(Lag::records).sum())
                        .put("atLeast", lags.stream().anyMatch(Lag::more))
                        .put("ageMs", Duration.between(oldest(lags, now), now).toMillis());
        actions.putCounts(status);
        return status.put("sourceErrors", sourceErrors.sum());
    }

    /**
     * Stops reading and waits up to three seconds for running invocations; unfinished records are
     * delivered again after a restart.
     */
    @Override
    public void close() {
        stopped = true;
        loops.values().forEach(ShardLoop::stop);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        actions.close();
    }
}
