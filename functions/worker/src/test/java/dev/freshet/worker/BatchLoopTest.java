package dev.freshet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import dev.freshet.worker.BatchLoop.ConsumerBackoff;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BatchLoopTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<List<Long>> offered = new ArrayList<>();
    private final List<Duration> behind = new ArrayList<>();
    private final Deque<Long> unfinished = new ArrayDeque<>();

    @Test
    void whatIsUnfinishedIsTakenAgainFromThereUntilAllIsFinished() throws Exception {
        unfinished.addAll(List.of(3L, 3L, 4L));

        Optional<BigInteger> last = loop(flow()).take(batch(1, 5));

        assertThat(last).contains(BigInteger.valueOf(4));
        assertThat(offered)
                .containsExactly(
                        List.of(1L, 2L, 3L, 4L), List.of(3L, 4L), List.of(3L, 4L), List.of(4L));
        assertThat(behind).hasSize(3).containsOnly(Duration.ofSeconds(90));
    }

    @Test
    void aFlowThatThrowsSkipsNothing() throws Exception {
        int[] calls = {0};
        StreamConsumer flow =
                (batch, deadline) -> {
                    if (++calls[0] <= 2) {
                        throw new IllegalStateException("a person has to look");
                    }
                    return Optional.empty();
                };

        assertThat(loop(flow).take(batch(1, 3))).contains(BigInteger.TWO);
        assertThat(calls[0]).isEqualTo(3);
    }

    @Test
    void aStopLeavesTheRestToTheNextOwner() throws Exception {
        StreamConsumer flow =
                (batch, deadline) -> {
                    stopping.countDown();
                    return Optional.of(batch.get(1).position());
                };

        assertThat(loop(flow).take(batch(7, 10))).contains(BigInteger.valueOf(7));
    }

    @Test
    void ofABatchWhollyUnfinishedNothingIsMarked() throws Exception {
        StreamConsumer flow =
                (batch, deadline) -> {
                    stopping.countDown();
                    return Optional.of(batch.getFirst().position());
                };

        assertThat(loop(flow).take(batch(7, 10))).isEmpty();
    }

    @Test
    void waitsDoubleUpToTenSeconds() {
        assertThat(LongStream.rangeClosed(1, 9).map(n -> ConsumerBackoff.bound((int) n)))
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
        assertThat(ConsumerBackoff.bound(Integer.MAX_VALUE)).isEqualTo(10_000);
    }

    private StreamConsumer flow() {
        return (batch, deadline) -> {
            offered.add(batch.stream().map(r -> r.position().sequence().longValueExact()).toList());
            return Optional.ofNullable(unfinished.poll()).map(BatchLoopTest::position);
        };
    }

    private BatchLoop loop(StreamConsumer flow) {
        ConsumerBackoff backoff = new ConsumerBackoff(stopping, new Random(1));
        return new BatchLoop(
                flow, backoff, () -> !backoff.stopped(), behind::add, InstantSource.fixed(NOW));
    }

    private static List<StreamRecord> batch(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(
                        n ->
                                new StreamRecord(
                                        position(n), "reader", new byte[0], NOW.minusSeconds(90)))
                .toList();
    }

    private static ShardPosition position(long sequence) {
        return new ShardPosition("events/shardId-000000000000", BigInteger.valueOf(sequence));
    }
}
