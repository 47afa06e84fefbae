package dev.freshet.local.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.MappingSpec;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Executor of a mapping's actions: invokes the function or stores records given up, each on a
 * thread of its own, and counts the outcomes.
 */
final class MappingActions implements AutoCloseable {
    private final MappingSpec spec;
    private final LocalFunction function;
    private final Destination destination;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Consumer<String> messages;
    private final String streamArn;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder notRun = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    MappingActions(
            MappingSpec spec,
            LocalFunction function,
            Destination destination,
            InstantSource clock,
            Supplier<String> ids,
            Consumer<String> messages) {
        this.spec = spec;
        this.function = function;
        this.destination = destination;
        this.clock = clock;
        this.ids = ids;
        this.messages = messages;
        this.streamArn = Arns.of("kinesis", "stream/" + spec.stream());
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
                    spec.rules().reportItemFailures()
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
            destination.keep(new Destination.Notice(spec.id(), shard, clock.instant(), id), record);
        } catch (RuntimeException e) {
            messages.accept(
                    "Records of %s could not be stored at their destination (%s); trying again."
                            .formatted(spec.id(), e.getMessage()));
            return false;
        }
        givenUp.add(giveUp.batch().size());
        messages.accept(
                "%s gave up %d records of %s (%s)."
                        .formatted(
                                spec.id(),
                                giveUp.batch().size(),
                                shard,
                                giveUp.condition().text()));
        return true;
    }

    private String payload(String shard, ShardBatch batch) {
        return InvocationEvent.write(batch, shard, streamArn, Arns.REGION);
    }

    /** Puts the numbers of invocations by their outcomes, and of records finished and given up. */
    void putCounts(ObjectNode status) {
        status.put("batches", batches.sum())
                .put("records", records.sum())
                .put("failures", failures.sum())
                .put("notRun", notRun.sum())
                .put("givenUp", givenUp.sum());
    }

    /** Interrupts the actions in progress; further ones are rejected. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
