package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.mapping.MappingWork.MappingCounts;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource.SourceException;
import dev.freshet.local.template.Cloud.MappingSpec;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runner of one mapping: lists the shards every second and runs a {@link ShardLoop} for each
 * readable one.
 */
public final class MappingRunner implements AutoCloseable {

    private static final Duration LOOK_FOR_SHARDS = Duration.ofSeconds(1);
    private static final long GRACE_SECONDS = 5;

    private final MappingSpec mapping;
    private final StreamSource source;
    private final Checkpoints checkpoints;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private final MappingWork work;
    private final ExecutorService loopThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService workThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ShardLoop> loops = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    public MappingRunner(
            MappingSpec mapping,
            StreamSource source,
            LocalFunction function,
            Destination destination,
            Checkpoints checkpoints,
            InstantSource clock,
            Supplier<String> ids,
            Consumer<String> messages) {
        this.mapping = mapping;
        this.source = source;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.messages = messages;
        this.work =
                new MappingWork(mapping, function, destination, workThreads, clock, ids, messages);
    }

    /** Starts reading. */
    public void start() {
        loopThreads.execute(this::watch);
    }

    private void watch() {
        boolean first = true;
        while (!stopped) {
            try {
                readShards(!first);
                first = false;
            } catch (SourceException e) {
                work.sourceFailed();
                messages.accept(mapping.id() + ": " + e.getMessage() + "; trying again.");
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
                ShardLoop loop =
                        new ShardLoop(
                                shard.id(),
                                source,
                                mapping.rules(),
                                checkpoints,
                                createdLater,
                                work,
                                clock,
                                messages);
                loops.put(shard.id(), loop);
                try {
                    loopThreads.execute(() -> drive(shard.id(), loop));
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
                return; // an action was rejected because of closing; its records are delivered
                // after a restart
            }
            work.sourceFailed();
            messages.accept(
                    mapping.id()
                            + " failed on "
                            + shard
                            + " ("
                            + e
                            + ") and resumes at its checkpoint.");
        } finally {
            loops.remove(shard);
        }
    }

    /** Returns the name of the function that gets the records. */
    public String function() {
        return mapping.function();
    }

    /**
     * Returns how far the function is behind: the age of the oldest record that it has not
     * finished. Once reading is stopped, one record after each checkpoint is read for this.
     */
    public Flow.Consumer consumer() {
        Instant now = clock.instant();
        Instant oldest = stopped ? oldestUnread(now) : now;
        for (ShardLoop loop : loops.values()) {
            Instant arrival = loop.lag().oldest();
            if (arrival != null && arrival.isBefore(oldest)) {
                oldest = arrival;
            }
        }
        return new Flow.Consumer(mapping.function(), Duration.between(oldest, now));
    }

    private Instant oldestUnread(Instant now) {
        Instant oldest = now;
        try {
            for (Lineage.Shard shard : source.shards()) {
                BigInteger after = checkpoints.after(shard.id());
                StreamSource.Position from =
                        after == null
                                ? new StreamSource.Position.Since(checkpoints.since())
                                : new StreamSource.Position.After(after);
                for (ShardRecord record : source.open(shard.id(), from).next(1).records()) {
                    if (record.arrivedAt().isBefore(oldest)) {
                        oldest = record.arrivedAt();
                    }
                }
            }
        } catch (SourceException unread) {
            work.sourceFailed();
        }
        return oldest;
    }

    /**
     * Returns counts and lag. {@code recordsBehind} is the number of records fetched and not
     * finished; {@code atLeast} means that the stream contains more.
     */
    public ObjectNode status() {
        int behind = 0;
        boolean more = false;
        Instant now = clock.instant();
        Instant oldest = now;
        for (ShardLoop loop : loops.values()) {
            ShardLoop.Lag lag = loop.lag();
            behind += lag.records();
            more |= lag.more();
            if (lag.oldest() != null && lag.oldest().isBefore(oldest)) {
                oldest = lag.oldest();
            }
        }
        MappingCounts counts = work.counts();
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", mapping.id())
                .put("stream", mapping.stream())
                .put("function", mapping.function())
                .put("shards", loops.size())
                .put("recordsBehind", behind)
                .put("atLeast", more)
                .put("ageMs", Duration.between(oldest, now).toMillis())
                .put("batches", counts.batches.sum())
                .put("records", counts.records.sum())
                .put("failures", counts.failures.sum())
                .put("notRun", counts.notRun.sum())
                .put("givenUp", counts.givenUp.sum())
                .put("sourceErrors", counts.sourceErrors.sum());
    }

    /**
     * Stops reading and waits up to three seconds for running invocations; unfinished records are
     * delivered again after a restart.
     */
    @Override
    public void close() {
        stopped = true;
        loops.values().forEach(ShardLoop::stop);
        loopThreads.shutdown();
        try {
            if (!loopThreads.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                loopThreads.shutdownNow();
            }
        } catch (InterruptedException e) {
            loopThreads.shutdownNow();
            Thread.currentThread().interrupt();
        }
        workThreads.shutdownNow();
    }
}
