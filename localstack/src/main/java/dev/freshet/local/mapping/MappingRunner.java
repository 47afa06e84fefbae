package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.insight.Flow;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.mapping.StreamSource.SourceException;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.MappingSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runner of one mapping: lists the shards every second and runs a {@link ShardLoop} for each
 * readable one. The actions of the loops are executed each on a thread of its own.
 */
public final class MappingRunner implements AutoCloseable {

    private static final Duration LOOK_FOR_SHARDS = Duration.ofSeconds(1);
    private static final long GRACE_SECONDS = 5;

    final MappingSpec mapping;
    final StreamSource source;
    final Checkpoints checkpoints;
    final InstantSource clock;
    final Consumer<String> messages;
    private final LocalFunction function;
    private final Destination destination;
    private final Supplier<String> ids;
    private final String streamArn;
    private final ExecutorService loopThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final ExecutorService workThreads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, ShardLoop> loops = new ConcurrentHashMap<>();
    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder notRun = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private final LongAdder sourceErrors = new LongAdder();
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
        this.function = function;
        this.destination = destination;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.ids = ids;
        this.messages = messages;
        this.streamArn = Arns.of("kinesis", "stream/" + mapping.stream());
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
                sourceFailed();
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
                ShardLoop loop = new ShardLoop(this, shard.id(), createdLater);
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
            sourceFailed();
            messages.accept(
                    "%s failed on %s (%s) and resumes at its checkpoint."
                            .formatted(mapping.id(), shard, e));
        } finally {
            loops.remove(shard);
        }
    }

    /** Counts a failure to read the stream. */
    void sourceFailed() {
        sourceErrors.increment();
    }

    /** Starts an action; its outcome is put into the mailbox as an operation on the machine. */
    void begin(String shard, Action action, Consumer<Consumer<ShardMachine>> mailbox) {
        workThreads.execute(
                () -> {
                    switch (action) {
                        case Action.Invoke invoke -> {
                            Verdict verdict = verdict(shard, invoke.batch());
                            mailbox.accept(
                                    machine -> machine.answered(invoke, verdict, clock.instant()));
                        }
                        case Action.GiveUp giveUp -> {
                            boolean kept = keep(shard, giveUp);
                            mailbox.accept(
                                    machine -> {
                                        if (kept) {
                                            machine.givenUp(giveUp);
                                        } else {
                                            machine.couldNotGiveUp(giveUp, clock.instant());
                                        }
                                    });
                        }
                    }
                });
    }

    private Verdict verdict(String shard, ShardBatch batch) {
        Verdict verdict;
        try {
            verdict = judge(function.invoke(payload(shard, batch)), batch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            verdict = new Verdict.NotRun("the local cloud is closing");
        }
        batches.increment();
        switch (verdict) {
            case Verdict.Done() -> records.add(batch.size());
            case Verdict.Unfinished(var lowest) -> {
                records.add(Math.max(0, batch.indexOf(lowest)));
                failures.increment();
            }
            case Verdict.Failed(var ignored) -> failures.increment();
            case Verdict.NotRun(var ignored) -> notRun.increment();
        }
        return verdict;
    }

    private Verdict judge(Invocation invocation, ShardBatch batch) {
        return switch (invocation) {
            case Invocation.Answer(var payload) ->
                    mapping.rules().reportItemFailures()
                            ? BatchAnswer.read(payload, batch)
                            : new Verdict.Done();
            case Invocation.Failed failed -> new Verdict.Failed(failed.line());
            case Invocation.TimedOut(var ms) -> new Verdict.Failed("timed out after " + ms + " ms");
            case Invocation.Throttled() -> new Verdict.NotRun("throttled");
        };
    }

    private boolean keep(String shard, Action.GiveUp giveUp) {
        String id = ids.get();
        String record =
                InvocationEvent.givenUp(
                        giveUp,
                        shard,
                        streamArn,
                        function.spec().arn(),
                        payload(shard, giveUp.batch()),
                        id,
                        clock.instant());
        try {
            destination.keep(
                    new Destination.Notice(mapping.id(), shard, clock.instant(), id), record);
        } catch (RuntimeException e) {
            messages.accept(
                    "Records of %s could not be stored at their destination (%s); trying again."
                            .formatted(mapping.id(), e.getMessage()));
            return false;
        }
        givenUp.add(giveUp.batch().size());
        messages.accept(
                "%s gave up %d records of %s (%s)."
                        .formatted(
                                mapping.id(),
                                giveUp.batch().size(),
                                shard,
                                giveUp.condition().text()));
        return true;
    }

    private String payload(String shard, ShardBatch batch) {
        return InvocationEvent.write(batch, shard, streamArn, Arns.REGION);
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
                StreamSource.Position from = checkpoints.next(shard.id());
                for (ShardRecord record : source.open(shard.id(), from).next(1).records()) {
                    if (record.arrivedAt().isBefore(oldest)) {
                        oldest = record.arrivedAt();
                    }
                }
            }
        } catch (SourceException unread) {
            sourceFailed();
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
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", mapping.id())
                .put("stream", mapping.stream())
                .put("function", mapping.function())
                .put("shards", loops.size())
                .put("recordsBehind", behind)
                .put("atLeast", more)
                .put("ageMs", Duration.between(oldest, now).toMillis())
                .put("batches", batches.sum())
                .put("records", records.sum())
                .put("failures", failures.sum())
                .put("notRun", notRun.sum())
                .put("givenUp", givenUp.sum())
                .put("sourceErrors", sourceErrors.sum());
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
