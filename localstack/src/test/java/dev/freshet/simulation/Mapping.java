package dev.freshet.simulation;

import dev.freshet.local.mapping.BatchAnswer;
import dev.freshet.local.mapping.InvocationEvent;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.template.MappingRules;
import dev.freshet.simulation.FaultRates.RandomFault;
import dev.freshet.simulation.SimulationContext.Fault;
import dev.freshet.store.FullJitter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Simulated event source mapping of one stream with the rules of the local cloud and checkpoints
 * that survive its pollers. Invocations are separate tasks; one that is assumed to have timed out
 * may still run, concurrently with its successor.
 */
final class Mapping {
    /** Virtual time after which an invocation is assumed to have timed out. */
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(3);

    /**
     * Number of tasks above which no invocation is assumed to have timed out early. The platform
     * stops what it gave up, so late invocations must not accumulate without bound.
     */
    private static final int MAX_ALIVE = 60;

    private static final FullJitter BACKOFF =
            new FullJitter(Duration.ofMillis(100), Duration.ofSeconds(10));

    /** A function from an event to an answer, both JSON. */
    interface Function {
        /**
         * Processes one event.
         *
         * @throws RuntimeException when the invocation fails
         */
        String invoke(String event);
    }

    /** Modifier of a function's answers, for answers that are wrong on purpose. */
    interface AnswerModifier {
        AnswerModifier NONE = (answer, batch) -> answer;

        String spoil(String answer, ShardBatch batch);
    }

    private final SimulationContext nature;
    private final Stream stream;
    private final Function function;
    private final int largestBatch;
    private final Map<String, BigInteger> checkpoints = new HashMap<>();
    private final Set<String> finished = new HashSet<>();
    private final Map<String, Poller> pollers = new HashMap<>();

    private MappingRules rules;
    private AnswerModifier spoiler = AnswerModifier.NONE;
    private boolean childrenFirst;
    private boolean successorMisses;

    /** The mapping that reads as well, for so many turns. */
    private @Nullable Mapping before;

    private int turnsOfBoth;

    Mapping(
            SimulationContext nature,
            Stream stream,
            Function function,
            MappingRules rules,
            int largestBatch) {
        this.nature = nature;
        this.stream = stream;
        this.function = function;
        this.rules = rules;
        this.largestBatch = largestBatch;
    }

    /** Applies a modifier to all further answers. */
    void spoil(AnswerModifier how) {
        spoiler = how;
    }

    /** Polls shards under these rules from now on. */
    void useRules(MappingRules others) {
        rules = others;
        pollers.clear();
    }

    /** Plants a bug: a mapping that does not wait for parent shards. */
    void readsChildrenAtOnce() {
        childrenFirst = true;
    }

    /** Restarts at the oldest record that arrived within this duration, or at the first record. */
    void rewind(@Nullable Duration since) {
        nature.count(Fault.REWOUND);
        pollers.clear();
        finished.clear();
        checkpoints.clear();
        if (since != null) {
            beginAt(nature.clock.instant().minus(since));
        }
    }

    private void beginAt(Instant time) {
        for (Lineage.Shard shard : stream.listed()) {
            stream.shard(shard.id()).after(null, Integer.MAX_VALUE).stream()
                    .filter(r -> r.arrivedAt().isBefore(time))
                    .map(ShardRecord::sequenceNumber)
                    .reduce((one, other) -> other)
                    .ifPresent(number -> checkpoints.put(shard.id(), number));
        }
    }

    /** Plants a bug: a mapping after this one begins at the records that come after its making. */
    void successorBeginsAtTheEnd() {
        successorMisses = true;
    }

    /**
     * Returns another mapping, which begins some minutes before the oldest record that this one has
     * not finished. Both read for a while.
     */
    Mapping successor() {
        nature.count(Fault.REWOUND);
        Instant from = nature.clock.instant();
        for (Lineage.Shard shard : stream.listed()) {
            List<ShardRecord> waiting =
                    stream.shard(shard.id()).after(checkpoints.get(shard.id()), 1);
            if (!waiting.isEmpty() && waiting.getFirst().arrivedAt().isBefore(from)) {
                from = waiting.getFirst().arrivedAt();
            }
        }
        Mapping next = new Mapping(nature, stream, function, rules, largestBatch);
        Duration margin = Duration.ofSeconds(nature.random.nextInt(600));
        next.beginAt(successorMisses ? Instant.MAX : from.minus(margin));
        next.successorMisses = successorMisses;
        next.before = successorMisses ? null : this;
        next.turnsOfBoth = nature.random.nextInt(200);
        return next;
    }

    /** Fetches records and starts the actions that are due. */
    void turn() {
        if (before != null) {
            before.turn();
            if (--turnsOfBoth <= 0) {
                before.pollers.clear();
                before = null;
            }
        }
        if (nature.random.nextInt(500) == 0
                && nature.strikes(RandomFault.FORGOTTEN, Fault.REWOUND)) {
            pollers.clear();
        }
        for (Lineage.Shard shard : readable()) {
            pollers.computeIfAbsent(shard.id(), Poller::new).turn();
        }
    }

    private List<Lineage.Shard> readable() {
        if (childrenFirst) {
            return stream.listed().reversed().stream()
                    .filter(shard -> !finished.contains(shard.id()))
                    .toList();
        }
        return Lineage.readable(stream.listed(), finished);
    }

    /**
     * Returns whether all records of the stream are finished and, unless checkpoints are lost on
     * purpose, recorded.
     */
    boolean idle() {
        List<Lineage.Shard> readable = readable();
        return before == null
                && readable.stream()
                        .allMatch(
                                shard -> {
                                    Poller poller = pollers.get(shard.id());
                                    return poller != null && poller.idle();
                                });
    }

    /** Poller of one shard, whose memory is lost when it is replaced. */
    private final class Poller {
        private final Stream.Shard shard;
        private final ShardMachine machine;
        private @Nullable BigInteger fetched;
        private boolean endReported;

        private Poller(String id) {
            shard = stream.shard(id);
            fetched = checkpoints.get(id);
            int size = 1 + nature.random.nextInt(largestBatch);
            MappingRules cut =
                    World.rules(size, rules.maximumRetryAttempts(), rules.parallelizationFactor());
            machine = new ShardMachine(cut, BACKOFF, fetched);
        }

        private boolean idle() {
            return machine.outstanding() == 0
                    && shard.after(fetched, 1).isEmpty()
                    && !(shard.closed() && !endReported);
        }

        private boolean mine() {
            return pollers.get(shard.id) == this;
        }

        private void turn() {
            int room = Math.min(machine.room(), 1 + nature.random.nextInt(2 * largestBatch));
            List<ShardRecord> next = shard.after(fetched, room);
            if (!next.isEmpty()) {
                machine.fetched(next, nature.clock.instant());
                fetched = next.getLast().sequenceNumber();
            }
            if (shard.closed() && !endReported && shard.after(fetched, 1).isEmpty()) {
                machine.ended();
                endReported = true;
            }
            for (Action action = machine.next(nature.clock.instant());
                    action != null;
                    action = machine.next(nature.clock.instant())) {
                switch (action) {
                    case Action.Invoke invoke -> begin(invoke);
                    case Action.GiveUp giveUp -> {
                        machine.givenUp(giveUp);
                        note();
                    }
                }
            }
            if (machine.finished()) {
                note();
                finished.add(shard.id);
                pollers.remove(shard.id);
            }
        }

        private void begin(Action.Invoke invoke) {

            Call call = new Call(invoke);
            nature.scheduler.start(call);
            nature.scheduler.start(
                    () -> {
                        while (!call.answered) {
                            nature.scheduler.sleep(Duration.ofSeconds(1));
                            boolean late =
                                    nature.clock
                                            .instant()
                                            .isAfter(call.begun.plus(FUNCTION_TIMEOUT));
                            boolean crowded = nature.scheduler.alive() > MAX_ALIVE;
                            double early = crowded ? 0 : nature.weather().of(RandomFault.OVERTIME);
                            if (!call.answered && (late || nature.strikes(early, Fault.OVERTIME))) {
                                call.answer(new Verdict.Failed("timed out"));
                            }
                        }
                    });
        }

        /** One invocation. */
        private final class Call implements Runnable {
            private final Action.Invoke invoke;
            private final Instant begun = nature.clock.instant();
            private boolean answered;

            private Call(Action.Invoke invoke) {
                this.invoke = invoke;
            }

            @Override
            public void run() {
                ShardBatch batch = invoke.batch();
                String event =
                        InvocationEvent.write(
                                batch,
                                shard.id,
                                "arn:aws:kinesis:local:0:stream/" + stream.name,
                                "local");
                Verdict verdict;
                try {
                    String answer = spoiler.spoil(function.invoke(event), batch);
                    verdict =
                            nature.strikes(RandomFault.AGAIN, Fault.REDELIVERED)
                                    ? new Verdict.Failed("the answer was lost")
                                    : BatchAnswer.read(answer, batch);
                } catch (RuntimeException | Death failed) {
                    verdict = new Verdict.Failed(failed.toString());
                }
                answer(verdict);
            }

            private void answer(Verdict verdict) {
                if (answered) {
                    return;
                }
                answered = true;
                if (!mine()) {
                    return;
                }
                machine.answered(invoke, verdict, nature.clock.instant());
                if (!nature.strikes(RandomFault.FORGOTTEN, Fault.REWOUND)) {
                    note();
                }
            }
        }

        private void note() {
            BigInteger reached = machine.checkpoint();
            if (reached != null && mine()) {
                checkpoints.put(shard.id, Objects.requireNonNull(reached));
            }
        }
    }
}
