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
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A stream over two weeks of virtual time, minute by minute, with two readers, a consumer and a
 * delivery. One of them stops at the beginning of a random minute for up to six days, with alarms
 * and looks that come late or not at all. Meanwhile the stack is deployed with other shards or
 * another option, where the worst that an update can do is to set the stream to all that its
 * template says. Nights are silent, and in every other run weekends too.
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
    void aShardChangeInTheMiddleOfAnIncidentLosesNothing() {
        each(simulation -> simulation.deployedMeanwhile = AdaptiveRetention.LONG, false);
    }

    @Test
    void aTemplateThatSaysADayLosesRecordsWithAShardChange() {
        each(simulation -> simulation.deployedMeanwhile = AdaptiveRetention.SHORT, true);
    }

    @Test
    void aWeekThatBecomesADayWhileRecordsWaitLosesNothing() {
        each(
                simulation -> {
                    simulation.begin(AdaptiveRetention.LONG);
                    simulation.deployedMeanwhile = AdaptiveRetention.LONG;
                },
                false);
    }

    @Test
    void anOptionThatIsAPropertyOfTheStreamLosesRecordsWhereAWeekBecomesADay() {
        each(
                simulation -> {
                    simulation.begin(AdaptiveRetention.LONG);
                    simulation.deployedMeanwhile = AdaptiveRetention.SHORT;
                },
                true);
    }

    @Test
    void aDeliveryThatStallsOverAWeekendLosesNothing() {
        each(simulation -> simulation.late = simulation.delivery, false);
    }

    @Test
    void whereNobodyAsksTheDeliveryItsRecordsAreLostOverAWeekend() {
        each(
                simulation -> {
                    simulation.late = simulation.delivery;
                    simulation.asked = List.of(simulation.consumer);
                },
                true);
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
        masked.asked = List.of(masked.delivery);
        masked.outage(3 * DAY, 3 * DAY + 40 * HOUR);
        masked.run();
        assertThat(masked.lost).isPositive();
    }

    private static void run(Watch watch) {
        each(watch, simulation -> {}, false);
    }

    /** Runs with a look each hour and no alarm. */
    private static void each(Consumer<Simulation> kind, boolean isMistake) {
        each(new Watch(bound -> NEVER, bound -> 0), kind, isMistake);
    }

    private static void each(Watch watch, Consumer<Simulation> kind, boolean isMistake) {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            Simulation simulation = new Simulation(seed, watch);
            kind.accept(simulation);
            Random random = new Random(seed);
            int begin = 2 * DAY + random.nextInt(2 * DAY);
            int end = begin + random.nextInt(6 * DAY);
            simulation.outage(begin, end);
            simulation.run();
            if (isMistake) {
                if (simulation.lost > 0) {
                    return;
                }
                continue;
            }
            assertThat(simulation.lost).as("records expired with seed %d", seed).isZero();
            if (simulation.watch.deafFor().applyAsLong(0) == 0) {
                assertThat(simulation.flow.look())
                        .as("retention days after the outage, seed %d", seed)
                        .isEqualTo(AdaptiveRetention.SHORT);
            }
        }
        assertThat(isMistake).as("no run of %d finds the mistake", RUNS).isFalse();
    }

    /** What reads the stream, with what waits for it and what it reports of each minute. */
    private static final class Reader {
        private final Deque<Integer> waiting = new ArrayDeque<>();
        private final long[] ages = new long[END];

        Reader() {
            Arrays.fill(ages, -1);
        }

        void read(int minute, boolean isStalled, boolean reportsStalled) {
            if (waiting.isEmpty() || (isStalled && !reportsStalled)) {
                return;
            }
            ages[minute] = (minute - waiting.peek()) * 60_000L;
            int upTo = waiting.peek() + CATCH_UP;
            while (!isStalled && !waiting.isEmpty() && waiting.peek() <= upTo) {
                waiting.remove();
            }
        }
    }

    private static final class Simulation implements RetainedStream {
        private final Random random;
        private final Watch watch;
        private final Reader consumer = new Reader();
        private final Reader delivery = new Reader();
        private final boolean[] received = new boolean[END];
        private final boolean isQuietAtWeekends;
        private final boolean reportsStalled;
        private List<Reader> asked = List.of(consumer, delivery);
        private Reader late = consumer;
        private RetentionFlow flow = flow(AdaptiveRetention.SHORT);

        /** What a template says that is deployed during the outage; null where none is. */
        private @Nullable Duration deployedMeanwhile;

        private final int lookAt;
        private int outageFrom;
        private int outageTo;
        private int deployAt;
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
            this.reportsStalled = seed % 3 == 0;
        }

        private RetentionFlow flow(Duration least) {
            return new RetentionFlow(List.of(this), least, this::now);
        }

        /** Begins with an option. */
        void begin(Duration least) {
            period = least;
            flow = flow(least);
        }

        void outage(int from, int to) {
            outageFrom = from;
            outageTo = to;
            deployAt = from + (to - from) * 3 / 4;
            long delay = watch.alarmDelay().applyAsLong(random.nextInt(1 << 30));
            alarmAt = delay == NEVER || to - from < 4 ? NEVER : from + 4 + delay;
            deafUntil = from + watch.deafFor().applyAsLong(random.nextInt(1 << 30));
        }

        void run() {
            for (minute = 0; minute < END; minute++) {
                receive();
                if (minute == deployAt && deployedMeanwhile != null) {
                    period = deployedMeanwhile;
                    flow = flow(AdaptiveRetention.SHORT);
                }
                expire(consumer);
                expire(delivery);
                boolean isStalled = minute >= outageFrom && minute < outageTo;
                consumer.read(minute, isStalled && late == consumer, false);
                delivery.read(minute, isStalled && late == delivery, reportsStalled);
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
                consumer.waiting.add(minute);
                delivery.waiting.add(minute);
                received[minute] = true;
            }
        }

        private void expire(Reader reader) {
            while (!reader.waiting.isEmpty()
                    && minute - reader.waiting.peek() > period.toMinutes()) {
                reader.waiting.remove();
                lost++;
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
        public List<AdaptiveRetention.Report> reports(Instant now) {
            return asked.stream().map(this::report).toList();
        }

        private AdaptiveRetention.Report report(Reader reader) {
            int begin = minute - 5 - AdaptiveRetention.MINUTES;
            long[] read = new long[AdaptiveRetention.MINUTES];
            boolean[] came = new boolean[AdaptiveRetention.MINUTES];
            for (int at = 0; at < read.length; at++) {
                read[at] = begin + at < 0 ? -1 : reader.ages[begin + at];
                came[at] = begin + at >= 0 && received[begin + at];
            }
            return AdaptiveRetention.Report.of(read, came);
        }
    }
}
