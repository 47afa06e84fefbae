package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.RetainedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * A stream over two weeks of virtual time, minute by minute, with two readers: a delivery that is
 * always up to date, and a consumer that stops at the beginning of a random minute for up to six
 * days, with alarms and looks that come late or not at all. Nights are silent, and in every other
 * run weekends too.
 */
class RetentionSimulationTest {
    private static final int RUNS =
            Boolean.getBoolean("freshet.thorough")
                    ? 1_000
                    : Integer.getInteger("freshet.simulation.seeds", 50);
    private static final long FIRST_SEED = 20_261_126;
    private static final int HOUR = 60;
    private static final int DAY = 24 * HOUR;
    private static final int END = 14 * DAY;
    private static final int NEVER = Integer.MAX_VALUE;

    /** Minutes of waiting records that a consumer works off in a minute, once it goes on. */
    private static final int CATCH_UP = 30;

    /** When the alarm reaches the function after an outage has begun, and which looks happen. */
    private record Watch(LongUnaryOperator alarmDelay, LongUnaryOperator deafFor) {}

    @Test
    void anAlarmThatComesTwentyHoursLateLosesNothingThoughNobodyLooks() {
        run(new Watch(bound -> bound % (20 * HOUR), bound -> END));
    }

    @Test
    void aLookEveryHourLosesNothingThoughNoAlarmComes() {
        run(new Watch(bound -> NEVER, bound -> 0));
    }

    @Test
    void looksThatFailForTwentyHoursLoseNothing() {
        run(new Watch(bound -> NEVER, bound -> bound % (20 * HOUR)));
    }

    @Test
    void withNeitherRecordsAreLostAfterADay() {
        Simulation alone = new Simulation(FIRST_SEED, new Watch(bound -> NEVER, bound -> END));
        alone.outage(3 * DAY, 3 * DAY + 40 * HOUR);
        alone.run();
        assertThat(alone.lost).isPositive();
    }

    @Test
    void whatKinesisMeasuresOfAllReadersTogetherLosesRecords() {
        Simulation masked = new Simulation(FIRST_SEED, new Watch(bound -> NEVER, bound -> 0));
        masked.asked = masked.ofAllReaders;
        masked.outage(3 * DAY, 3 * DAY + 40 * HOUR);
        masked.run();
        assertThat(masked.lost).isPositive();
    }

    private static void run(Watch watch) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            Simulation simulation = new Simulation(seed, watch);
            Random random = new Random(seed);
            int begin = 2 * DAY + random.nextInt(2 * DAY);
            int end = begin + random.nextInt(6 * DAY);
            simulation.outage(begin, end);
            simulation.run();
            assertThat(simulation.lost).as("records lost with seed %d", seed).isZero();
            if (simulation.watch.deafFor().applyAsLong(0) == 0) {
                assertThat(simulation.flow.look())
                        .as("retention days after the outage, seed %d", seed)
                        .isEqualTo(AdaptiveRetention.SHORT);
            }
        }
    }

    private static final class Simulation implements RetainedStream {
        private final Random random;
        private final Watch watch;
        private final RetentionFlow flow = new RetentionFlow(List.of(this), this::now);
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private final long[] ofConsumer = new long[END];
        private final long[] ofAllReaders = new long[END];
        private final boolean[] received = new boolean[END];
        private final boolean isQuietAtWeekends;
        private long[] asked = ofConsumer;
        private final int lookAt;
        private int outageFrom;
        private int outageTo;
        private long alarmAt;
        private long deafUntil;
        private Duration period = AdaptiveRetention.SHORT;
        private int minute;
        private int lost;

        Simulation(long seed, Watch watch) {
            this.random = new Random(seed);
            this.watch = watch;
            this.lookAt = random.nextInt(HOUR);
            this.isQuietAtWeekends = seed % 2 == 0;
            Arrays.fill(ofConsumer, -1);
        }

        void outage(int from, int to) {
            outageFrom = from;
            outageTo = to;
            long delay = watch.alarmDelay().applyAsLong(random.nextInt(1 << 30));
            alarmAt = delay == NEVER || to - from < 4 ? NEVER : from + 4 + delay;
            deafUntil = from + watch.deafFor().applyAsLong(random.nextInt(1 << 30));
        }

        void run() {
            for (minute = 0; minute < END; minute++) {
                receive();
                expire();
                consume();
                if (minute == alarmAt) {
                    flow.lengthen();
                }
                boolean deaf = minute >= outageFrom && minute < deafUntil;
                if (minute % HOUR == lookAt && !deaf) {
                    flow.look();
                }
            }
            minute = END - 1;
        }

        private void receive() {
            boolean isQuiet =
                    minute % DAY < 6 * HOUR || (isQuietAtWeekends && minute / DAY % 7 >= 5);
            if (!isQuiet && random.nextInt(5) == 0) {
                waiting.add(minute);
                received[minute] = true;
            }
        }

        private void expire() {
            while (!waiting.isEmpty() && minute - waiting.peek() > period.toMinutes()) {
                waiting.remove();
                lost++;
            }
        }

        private void consume() {
            if (waiting.isEmpty() || (minute >= outageFrom && minute < outageTo)) {
                return;
            }
            ofConsumer[minute] = (minute - waiting.peek()) * 60_000L;
            ofAllReaders[minute] = ofConsumer[minute];
            int upTo = waiting.peek() + CATCH_UP;
            while (!waiting.isEmpty() && waiting.peek() <= upTo) {
                waiting.remove();
            }
        }

        private Instant now() {
            return Instant.EPOCH.plus(Duration.ofMinutes(minute));
        }

        @Override
        public Duration retention() {
            return period;
        }

        @Override
        public void retain(Duration wanted) {
            period = wanted;
        }

        @Override
        public AdaptiveRetention.Report report(Instant now) {
            int begin = minute - 5 - AdaptiveRetention.MINUTES;
            long[] read = new long[AdaptiveRetention.MINUTES];
            boolean[] came = new boolean[AdaptiveRetention.MINUTES];
            for (int at = 0; at < read.length; at++) {
                read[at] = begin + at < 0 ? -1 : asked[begin + at];
                came[at] = begin + at >= 0 && received[begin + at];
            }
            return AdaptiveRetention.Report.of(read, came);
        }
    }
}
