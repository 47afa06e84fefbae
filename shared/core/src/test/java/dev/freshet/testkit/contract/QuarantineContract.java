package dev.freshet.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.features.Quarantine.Settlement;
import dev.freshet.features.Quarantine.Settling;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The contract of {@link Quarantine}: the tests that each of its adapters passes. */
public abstract class QuarantineContract {
    private final ShardPosition position =
            new ShardPosition(
                    "events/shardId-000000000000",
                    BigInteger.TEN
                            .pow(55)
                            .add(BigInteger.valueOf(ThreadLocalRandom.current().nextLong())));

    protected abstract Quarantine quarantine();

    /** Returns the reasons of what is in the same quarantine. */
    protected abstract QuarantineReasons reasons();

    /** Returns the open entry of the record at this position. */
    protected abstract Optional<Entry> kept(ShardPosition position);

    @Test
    void anEntryIsKeptWhole() {
        byte[] payload = new byte[256];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }
        check(new Entry(position, "réader\"\n", "not-avro: It is not Avro.", now(), payload));
    }

    @Test
    void aLongRecordAndAnEmptyOneAreKept() {
        check(new Entry(position, "r", "too-long: It is long.", now(), new byte[1 << 20]));
        ShardPosition next =
                new ShardPosition(position.shard(), position.sequence().add(BigInteger.ONE));
        check(new Entry(next, "r", "empty: It is empty.", now(), new byte[0]));
    }

    @Test
    void whatIsErasedIsGoneAndWhatIsLeftOfAnEntryStaysOpen() {
        Entry gone = entry(0);
        Entry smaller = entry(1);
        Entry other = entry(2);
        List.of(gone, smaller, other).forEach(quarantine()::put);

        Quarantine.Erased erased =
                quarantine()
                        .erase(
                                entry ->
                                        entry.position().equals(gone.position())
                                                ? Optional.empty()
                                                : Optional.of(
                                                        entry.position().equals(smaller.position())
                                                                ? new Entry(
                                                                        entry.position(),
                                                                        entry.partitionKey(),
                                                                        entry.reason(),
                                                                        entry.at(),
                                                                        new byte[] {9})
                                                                : entry),
                                () -> true,
                                now());

        assertThat(erased).isEqualTo(new Quarantine.Erased(1, 1, true));
        assertThat(kept(gone.position())).isEmpty();
        assertThat(quarantine().settlement(gone.position()).orElseThrow().how())
                .isEqualTo(Settling.ERASED);
        assertThat(kept(smaller.position()).orElseThrow().payload()).containsExactly(9);
        assertThat(kept(other.position())).isPresent();
        assertThat(quarantine().erase(Optional::of, () -> false, now()).complete()).isFalse();
    }

    @Test
    void entriesCountByTheirReasonUntilTheyAreSettled() {
        String code = "c" + Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
        Entry first = new Entry(position, "r", code + ": It is bad.", now(), new byte[] {1});
        Entry second = new Entry(next(1), "r", code + ": It is too.", now(), new byte[] {1});
        Entry odd = new Entry(next(2), "r", "../Odd reason", now(), new byte[] {1});
        List.of(first, second, first, odd).forEach(quarantine()::put);

        assertThat(counted(code)).hasValueSatisfying(two -> assertThat(two.count()).isEqualTo(2));
        assertThat(counted("other")).as("what is no code of a reason").isPresent();

        quarantine().settle(first, Settling.RETRIED, now());
        assertThat(counted(code)).hasValueSatisfying(one -> assertThat(one.count()).isEqualTo(1));
        quarantine().settle(second, Settling.DROPPED, now());
        quarantine().settle(odd, Settling.DROPPED, now());
        assertThat(counted(code)).isEmpty();
    }

    private Optional<QuarantineReasons.Count> counted(String code) {
        return reasons().count().counts().stream()
                .filter(one -> one.reason().equals(code))
                .findFirst();
    }

    @Test
    void theSameRecordTwiceIsOneEntry() {
        quarantine().put(new Entry(position, "r", "first: It is bad.", now(), new byte[] {1}));
        check(new Entry(position, "r", "second: It is bad.", now(), new byte[] {1}));
    }

    @Test
    void positionsDoNotStandInForEachOther() {
        quarantine().put(new Entry(position, "r", "bad: It is bad.", now(), new byte[] {1}));
        ShardPosition other =
                new ShardPosition("examples/shardId-000000000000", position.sequence());
        assertThat(kept(other)).isEmpty();
    }

    @Test
    void whatIsOpenIsShownUntilItIsSettled() {
        Entry first = entry(0);
        Entry second = entry(1);
        quarantine().put(second);
        quarantine().put(first);
        assertThat(shown()).extracting(Entry::position).containsExactly(position, next(1));
        assertThat(quarantine().settlement(position)).isEmpty();

        quarantine().settle(first, Settling.RETRIED, now());

        assertThat(shown()).extracting(Entry::position).containsExactly(next(1));
        assertThat(kept(position)).isEmpty();
        assertThat(quarantine().settlement(position))
                .contains(new Settlement(Settling.RETRIED, now()));
        assertThat(quarantine().settlement(next(1))).isEmpty();
    }

    @Test
    void whatWasSettledStaysSoWhenItsRecordComesAgain() {
        quarantine().put(entry(0));
        quarantine().settle(entry(0), Settling.DROPPED, now());

        quarantine().put(entry(0));
        quarantine().settle(entry(0), Settling.RETRIED, now().plusSeconds(1));

        assertThat(shown()).isEmpty();
        assertThat(quarantine().settlement(position))
                .contains(new Settlement(Settling.DROPPED, now()));
    }

    @Test
    void showingEndsWhenNoMoreIsWanted() {
        quarantine().put(entry(0));
        quarantine().put(entry(1));
        List<Entry> seen = new ArrayList<>();

        quarantine().forEachOpen(entry -> !seen.add(entry));

        assertThat(seen).hasSize(1);
    }

    /** Returns the open entries of this test's positions. */
    private List<Entry> shown() {
        List<Entry> all = new ArrayList<>();
        quarantine()
                .forEachOpen(
                        entry -> {
                            boolean mine =
                                    entry.position().equals(position)
                                            || entry.position().equals(next(1));
                            return !mine || all.add(entry);
                        });
        return all;
    }

    private ShardPosition next(int steps) {
        return new ShardPosition(
                position.shard(), position.sequence().add(BigInteger.valueOf(steps)));
    }

    private Entry entry(int steps) {
        return new Entry(next(steps), "r", "bad: It is bad.", now(), new byte[] {1});
    }

    private void check(Entry entry) {
        quarantine().put(entry);
        Entry kept = kept(entry.position()).orElseThrow();
        assertThat(kept.position()).isEqualTo(entry.position());
        assertThat(kept.partitionKey()).isEqualTo(entry.partitionKey());
        assertThat(kept.reason()).isEqualTo(entry.reason());
        assertThat(kept.at()).isEqualTo(entry.at());
        assertThat(kept.payload()).isEqualTo(entry.payload());
    }

    private static Instant now() {
        return Instant.parse("2026-11-24T23:41:07.250Z");
    }
}
