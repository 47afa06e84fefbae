package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.store.Lanes.OrderedLanes;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class OrderedLanesTest {
    private final OrderedLanes lanes = new OrderedLanes(4);

    @Test
    void nothingToDoIsDone() {
        assertThat(lanes.finishedPrefix(0, i -> "a", i -> false)).isZero();
    }

    @Test
    void noMoreLanesAreAtWorkThanTheWidthAllows() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();

        lanes.finishedPrefix(
                200,
                i -> "lane-" + i,
                i -> {
                    most.accumulateAndGet(working.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    working.decrementAndGet();
                    return true;
                });

        assertThat(most.get()).isBetween(1, 4);
    }

    @Test
    void anErrorOfAStepIsThrown() {
        assertThatThrownBy(
                        () ->
                                lanes.finishedPrefix(
                                        3,
                                        i -> "a",
                                        i -> {
                                            throw new AssertionError("step " + i);
                                        }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("step 0");
    }

    @RepeatedTest(20)
    void everyStepOfThePrefixIsDoneOnceAndThePrefixEndsAtTheLowestFailure(
            RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int steps = 1 + random.nextInt(120);
        int lanesUsed = 1 + random.nextInt(20);
        int[] lane = random.ints(steps, 0, lanesUsed).toArray();
        boolean[] fails = new boolean[steps];
        int lowest = steps;
        for (int i = steps - 1; i >= 0; i--) {
            fails[i] = random.nextInt(40) == 0;
            lowest = fails[i] ? i : lowest;
        }
        AtomicIntegerArray done = new AtomicIntegerArray(steps);
        AtomicIntegerArray latestOfLane = new AtomicIntegerArray(lanesUsed);

        int prefix =
                lanes.finishedPrefix(
                        steps,
                        i -> "lane-" + lane[i],
                        i -> {
                            assertThat(latestOfLane.getAndSet(lane[i], i + 1))
                                    .isLessThanOrEqualTo(i);
                            done.incrementAndGet(i);
                            return !fails[i];
                        });

        assertThat(prefix).as("seed %d", repetition.getCurrentRepetition()).isEqualTo(lowest);
        for (int i = 0; i < steps; i++) {
            assertThat(done.get(i)).isEqualTo(i < prefix ? 1 : Math.min(1, done.get(i)));
        }
    }
}
