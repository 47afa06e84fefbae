package dev.freshet.local.mapping;

import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.MappingSpec;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Executor of a mapping's actions, which runs each on a thread of its own and reports the outcome
 * to the mailbox of the shard's loop.
 */
final class MappingWork {

    private final MappingSpec mapping;
    private final LocalFunction function;
    private final Destination destination;
    private final ExecutorService threads;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Consumer<String> messages;
    private final String streamArn;
    private final MappingCounts counts = new MappingCounts();

    MappingWork(
            MappingSpec mapping,
            LocalFunction function,
            Destination destination,
            ExecutorService threads,
            InstantSource clock,
            Supplier<String> ids,
            Consumer<String> messages) {
        this.mapping = mapping;
        this.function = function;
        this.destination = destination;
        this.threads = threads;
        this.clock = clock;
        this.ids = ids;
        this.messages = messages;
        this.streamArn = Arns.of("kinesis", "stream/" + mapping.stream());
    }

    MappingCounts counts() {
        return counts;
    }

    void sourceFailed() {
        counts.sourceErrors.increment();
    }

    /** Starts an action; its outcome is put into the mailbox as an operation on the machine. */
    void begin(String shard, Action action, Consumer<Consumer<ShardMachine>> mailbox) {
        threads.execute(
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
        counts.batches.increment();
        switch (verdict) {
            case Verdict.Done() -> counts.records.add(batch.size());
            case Verdict.Unfinished(var lowest) -> {
                counts.records.add(Math.max(0, batch.indexOf(lowest)));
                counts.failures.increment();
            }
            case Verdict.Failed(var ignored) -> counts.failures.increment();
            case Verdict.NotRun(var ignored) -> counts.notRun.increment();
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
                    "Records of "
                            + mapping.id()
                            + " could not be stored at their destination ("
                            + e.getMessage()
                            + "); trying again.");
            return false;
        }
        counts.givenUp.add(giveUp.batch().size());
        messages.accept(
                mapping.id()
                        + " gave up "
                        + giveUp.batch().size()
                        + " records of "
                        + shard
                        + " ("
                        + giveUp.condition().text()
                        + ").");
        return true;
    }

    private String payload(String shard, ShardBatch batch) {
        return InvocationEvent.write(batch, shard, streamArn, Arns.REGION);
    }

    /** Counts of a mapping since the start. Thread-safe. */
    static final class MappingCounts {
        final LongAdder batches = new LongAdder();
        final LongAdder records = new LongAdder();
        final LongAdder failures = new LongAdder();
        final LongAdder notRun = new LongAdder();
        final LongAdder givenUp = new LongAdder();
        final LongAdder sourceErrors = new LongAdder();
    }
}
