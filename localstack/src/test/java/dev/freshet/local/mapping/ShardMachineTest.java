package dev.freshet.local.mapping;

import static dev.freshet.local.mapping.Shards.START;
import static dev.freshet.local.mapping.Shards.actions;
import static dev.freshet.local.mapping.Shards.numbers;
import static dev.freshet.local.mapping.Shards.only;
import static dev.freshet.local.mapping.Shards.record;
import static dev.freshet.local.mapping.Shards.records;
import static dev.freshet.local.mapping.Shards.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.ShardMachine.Action.Condition;
import dev.freshet.local.mapping.ShardMachine.Action.GiveUp;
import dev.freshet.local.mapping.ShardMachine.Action.Invoke;
import dev.freshet.local.mapping.ShardMachine.Verdict;
import dev.freshet.local.template.MappingRules;
import dev.freshet.store.FullJitter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardMachineTest {

    private static final FullJitter BACKOFF =
            new FullJitter(Duration.ofSeconds(1), Duration.ofSeconds(4));
    private static final Verdict DONE = new Verdict.Done();
    private static final Verdict FAILED = new Verdict.Failed("boom");

    private static ShardMachine machine(MappingRules rules) {
        return new ShardMachine(rules, BACKOFF, null);
    }

    /** Returns a machine that has fetched this many records. */
    private static ShardMachine machine(MappingRules rules, int records) {
        ShardMachine machine = machine(rules);
        machine.fetched(records(1, records), START);
        return machine;
    }

    private static Verdict from(int number) {
        return new Verdict.Unfinished(BigInteger.valueOf(number));
    }

    @Test
    void aBatchHasAtMostTheBatchSizeAndOneIsInProgressAtATime() {
        ShardMachine machine = machine(rules(3, -1, false, null), 5);

        Invoke first = only(machine, START, Invoke.class);
        assertThat(numbers(first.batch())).isEqualTo(numbers(1, 3));

        machine.answered(first, DONE, START);
        assertThat(numbers(only(machine, START, Invoke.class).batch())).isEqualTo(numbers(4, 5));
        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(3));
    }

    @Test
    void aBatchStaysBelowSixMegabytes() {
        ShardMachine machine = machine(rules(10, -1, false, null));
        String data = "A".repeat(1_400_000);
        List<ShardRecord> big = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            big.add(new ShardRecord(BigInteger.valueOf(i), "key", data, START));
        }
        machine.fetched(big, START);

        ShardBatch batch = only(machine, START, Invoke.class).batch();

        assertThat(numbers(batch)).isEqualTo(numbers(1, 4));
        assertThat(
                        InvocationEvent.write(batch, "shardId-000000000000", "arn", "us-east-1")
                                .length())
                .isLessThanOrEqualTo(MappingRules.MAXIMUM_PAYLOAD);
    }

    @Test
    void anIncompleteBatchWaitsForTheWindowAndAFullOneDoesNot() {
        MappingRules rules =
                new MappingRules(
                        3,
                        Duration.ofSeconds(5),
                        -1,
                        null,
                        false,
                        true,
                        1,
                        MappingRules.Start.TRIM_HORIZON,
                        null);
        ShardMachine machine = machine(rules);
        machine.fetched(records(1, 2), START);

        assertThat(actions(machine, START.plusSeconds(4))).isEmpty();
        assertThat(machine.wake()).isEqualTo(START.plusSeconds(5));
        assertThat(numbers(only(machine, START.plusSeconds(5), Invoke.class).batch()))
                .isEqualTo(numbers(1, 2));

        ShardMachine full = machine(rules);
        full.fetched(records(1, 3), START);
        assertThat(actions(full, START)).hasSize(1);
    }

    @Test
    void deliveryBeginsAgainAtTheLowestUnfinishedNumber() {
        ShardMachine machine = machine(rules(10, -1, true, null), 10);
        Invoke first = only(machine, START, Invoke.class);

        machine.answered(first, from(4), START);

        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(3));
        Invoke second = only(machine, START.plusSeconds(1), Invoke.class);
        assertThat(numbers(second.batch())).isEqualTo(numbers(4, 10));
        assertThat(second.batch().retries())
                .as("a split at the number returned is no retry")
                .isZero();
    }

    @Test
    void withoutBisectionAReturnedNumberCostsARetry() {
        ShardMachine machine = machine(rules(10, 5, false, null), 4);

        machine.answered(only(machine, START, Invoke.class), from(3), START);

        assertThat(only(machine, START.plusSeconds(1), Invoke.class).batch().retries())
                .isEqualTo(1);
    }

    @Test
    void aFailingBatchIsSplitUntilThePoisonIsAloneAndOnlyThenUsesUpRetries() {
        ShardMachine machine = machine(rules(8, 1, true, null), 8);
        List<List<Integer>> delivered = new ArrayList<>();
        List<List<Integer>> givenUp = new ArrayList<>();
        Instant now = START;
        while (machine.outstanding() > 0) {
            for (Action action : actions(machine, now)) {
                if (action instanceof Invoke invoke) {
                    delivered.add(numbers(invoke.batch()));
                    machine.answered(
                            invoke, numbers(invoke.batch()).contains(6) ? FAILED : DONE, now);
                } else if (action instanceof GiveUp giveUp) {
                    givenUp.add(numbers(giveUp.batch()));
                    assertThat(giveUp.condition()).isEqualTo(Condition.RETRY_ATTEMPTS_EXHAUSTED);
                    machine.givenUp(giveUp);
                }
            }
            now = now.plusSeconds(4);
        }

        assertThat(delivered)
                .containsExactly(
                        numbers(1, 8),
                        numbers(1, 4),
                        numbers(5, 8),
                        numbers(5, 6),
                        numbers(5, 5),
                        numbers(6, 6),
                        numbers(6, 6),
                        numbers(7, 8));
        assertThat(givenUp).containsExactly(List.of(6));
        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(8));
    }

    @Test
    void withoutBisectionTheWholeBatchIsGivenUpAfterItsRetries() {
        ShardMachine machine = machine(rules(3, 2, false, null), 3);
        Instant now = START;
        for (int attempt = 0; attempt < 3; attempt++) {
            machine.answered(only(machine, now, Invoke.class), FAILED, now);
            now = now.plusSeconds(10);
        }

        GiveUp giveUp = only(machine, now, GiveUp.class);

        assertThat(numbers(giveUp.batch())).isEqualTo(numbers(1, 3));
        assertThat(giveUp.batch().retries()).isEqualTo(3);
        assertThat(machine.checkpoint())
                .as("nothing passes before the destination has it")
                .isNull();
        machine.givenUp(giveUp);
        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(3));
    }

    @Test
    void minusOneRetriesWithoutLimit() {
        ShardMachine machine = machine(rules(1, MappingRules.UNLIMITED, false, null), 1);
        Instant now = START;
        for (int attempt = 0; attempt < 500; attempt++) {
            machine.answered(only(machine, now, Invoke.class), FAILED, now);
            now = now.plusSeconds(10);
        }
        assertThat(machine.checkpoint()).isNull();
    }

    @Test
    void aThrottledBatchCostsNoRetry() {
        ShardMachine machine = machine(rules(1, 0, false, null), 1);
        Instant now = START;
        for (int attempt = 0; attempt < 20; attempt++) {
            machine.answered(
                    only(machine, now, Invoke.class), new Verdict.NotRun("throttled"), now);
            now = now.plusSeconds(10);
        }
        assertThat(only(machine, now, Invoke.class).batch().retries()).isZero();
    }

    @Test
    void recordsOlderThanTheAgeAreGivenUpAndTheYoungerGoOn() {
        ShardMachine machine = machine(rules(10, -1, true, Duration.ofMinutes(1)));
        machine.fetched(
                List.of(
                        record(1, "key", START),
                        record(2, "key", START.plusSeconds(30)),
                        record(3, "key", START.plusSeconds(50))),
                START.plusSeconds(50));
        Instant later = START.plusSeconds(100);

        GiveUp giveUp = only(machine, later, GiveUp.class);
        assertThat(numbers(giveUp.batch())).isEqualTo(numbers(1, 2));
        assertThat(giveUp.condition()).isEqualTo(Condition.RECORD_AGE_EXCEEDED);
        machine.givenUp(giveUp);

        assertThat(numbers(only(machine, later, Invoke.class).batch())).containsExactly(3);
    }

    @Test
    void aDestinationThatRefusesIsAskedAgainAndHoldsTheCheckpoint() {
        ShardMachine machine = machine(rules(1, 0, false, null), 2);
        machine.answered(only(machine, START, Invoke.class), FAILED, START);
        Instant now = START.plusSeconds(10);

        machine.couldNotGiveUp(only(machine, now, GiveUp.class), now);

        assertThat(actions(machine, now)).isEmpty();
        assertThat(machine.checkpoint()).isNull();
        machine.givenUp(only(machine, now.plusSeconds(10), GiveUp.class));
        assertThat(machine.checkpoint()).isEqualTo(BigInteger.ONE);
    }

    @Test
    void theWaitDoublesWithEachFailureUpToACapAndASuccessEndsIt() {
        ShardMachine machine = machine(rules(1, -1, false, null), 2);
        Instant now = START;
        for (int wait : new int[] {1, 2, 4, 4, 4}) {
            machine.answered(only(machine, now, Invoke.class), FAILED, now);
            assertThat(machine.wake()).isEqualTo(now.plusSeconds(wait));
            assertThat(actions(machine, now.plusSeconds(wait).minusMillis(1))).isEmpty();
            now = now.plusSeconds(wait);
        }
        machine.answered(only(machine, now, Invoke.class), DONE, now);
        machine.answered(only(machine, now, Invoke.class), FAILED, now);
        assertThat(machine.wake()).isEqualTo(now.plusSeconds(1));
    }

    @Test
    void aRestartBeginsAtTheCheckpoint() {
        ShardMachine machine =
                new ShardMachine(rules(10, -1, true, null), BACKOFF, BigInteger.valueOf(7));

        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(7));
        assertThatThrownBy(() -> machine.fetched(records(7, 8), START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedShardIsFinishedOnceAllItsRecordsAre() {
        ShardMachine machine = machine(rules(10, -1, true, null), 2);
        machine.ended();
        assertThat(machine.finished()).isFalse();

        machine.answered(only(machine, START, Invoke.class), DONE, START);

        assertThat(machine.finished()).isTrue();
    }

    @Test
    void numbersAreComparedAsNumbers() {
        ShardMachine machine = machine(rules(10, -1, true, null));
        machine.fetched(
                List.of(
                        record(9, "key", START),
                        record(10, "key", START),
                        record(11, "key", START)),
                START);

        machine.answered(only(machine, START, Invoke.class), from(10), START);

        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void orderPerKeyIsKeptAndNothingIsLostUnderAnyFailures(long seed) {
        Random random = new Random(seed);
        int factor = 1 + random.nextInt(4);
        int batch = 1 + random.nextInt(20);
        MappingRules rules = Shards.rules(batch, -1, random.nextBoolean(), null, factor);
        ShardMachine machine = machine(rules);
        Map<String, List<Integer>> applied = new HashMap<>();
        Map<String, List<Integer>> sent = new HashMap<>();
        List<Invoke> out = new ArrayList<>();
        int next = 1;
        Instant now = START;
        while (next <= 500 || machine.outstanding() > 0) {
            List<ShardRecord> records = new ArrayList<>();
            for (int i = random.nextInt(30);
                    i > 0 && next <= 500 && records.size() < machine.room();
                    i--) {
                String key = "key" + random.nextInt(7);
                sent.computeIfAbsent(key, k -> new ArrayList<>()).add(next);
                records.add(record(next++, key, now));
            }
            machine.fetched(records, now);
            actions(machine, now).forEach(action -> out.add((Invoke) action));
            if (!out.isEmpty()) {
                Invoke invoke = out.remove(random.nextInt(out.size()));
                int stop =
                        random.nextInt(3) == 0
                                ? random.nextInt(invoke.batch().size())
                                : invoke.batch().size();
                for (ShardRecord record : invoke.batch().records().subList(0, stop)) {
                    applied.computeIfAbsent(record.partitionKey(), k -> new ArrayList<>())
                            .add(record.sequenceNumber().intValueExact());
                }
                machine.answered(
                        invoke,
                        stop == invoke.batch().size()
                                ? DONE
                                : new Verdict.Unfinished(
                                        invoke.batch().records().get(stop).sequenceNumber()),
                        now);
            }
            now = now.plusSeconds(1);
        }

        assertThat(applied).as("seed %d", seed).isEqualTo(sent);
        assertThat(machine.checkpoint()).isEqualTo(BigInteger.valueOf(500));
    }
}
