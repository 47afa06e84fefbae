package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.store.ShardScalingFlow.ShardScaling;
import dev.freshet.store.ShardScalingFlow.ShardedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class ShardScalingTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final int SEEDS = 1_000;
    private static final int DAY = 24 * 60;

    @Test
    void threeMinutesAtSevenTenthsDoubleTheShards() {
        assertThat(next(2, filled(0.5, 1.4, 1.4, 1.4))).isEqualTo(4);
        assertThat(next(2, filled(0.5, 1.4, 1.39, 1.4))).isEqualTo(2);
    }

    @Test
    void aFullMinuteDoublesThemAtOnce() {
        assertThat(next(4, filled(0.5, 0.5, 3.8))).isEqualTo(8);
        assertThat(next(4, filled(0.5, 0.5, 3.7))).isEqualTo(4);
    }

    @Test
    void sixHoursBelowAQuarterHalveThemToNoFewerThanWereDeployed() {
        assertThat(next(8, filled(1.9))).as("two are filled somewhere").isEqualTo(4);
        assertThat(next(3, filled(0.1))).isEqualTo(2);
        assertThat(next(1, filled(0.1))).isEqualTo(1);
        double[] once = filled(0.1);
        once[0] = 2;
        assertThat(next(8, once)).as("six hours ago it was a quarter").isEqualTo(8);
    }

    @Test
    void theyAreNeverMoreThanAllowedNorChangedWhileTheyChange() {
        assertThat(ShardScaling.next(report(6, filled(6, 6, 6)), 1, 8, NOW)).isEqualTo(8);
        assertThat(ShardScaling.next(report(8, filled(8, 8, 8)), 1, 8, NOW)).isEqualTo(8);
        assertThat(ShardScaling.next(report(9, filled(9, 9, 9)), 1, 8, NOW))
                .as("more than allowed are left")
                .isEqualTo(9);
        ShardScaling.Report changing = new ShardScaling.Report(2, true, filled(2, 2, 2), List.of());
        assertThat(ShardScaling.next(changing, 1, 8, NOW)).isEqualTo(2);
    }

    @Test
    void theTenthChangeOfADayIsTheLastAndHalvingStopsAtFive() {
        assertThat(next(2, filled(2, 2, 2), changes(9, Duration.ofHours(23)))).isEqualTo(4);
        assertThat(next(2, filled(2, 2, 2), changes(10, Duration.ofHours(23)))).isEqualTo(2);
        assertThat(next(2, filled(2, 2, 2), changes(10, Duration.ofHours(24)))).isEqualTo(4);
        assertThat(next(8, filled(0), changes(4, Duration.ofHours(7)))).isEqualTo(4);
        assertThat(next(8, filled(0), changes(5, Duration.ofHours(7)))).isEqualTo(8);
        assertThat(next(8, filled(0), changes(1, Duration.ofHours(5)))).isEqualTo(8);
    }

    @Test
    void aCrowdOfEightTimesInFiveMinutesIsServedAfterMinutesAndForgottenInADay() {
        List<Integer> refused = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double usual = 300 + random.nextInt(350);
            int begin = 8 * 60 + random.nextInt(60);
            int end = begin + 60 + random.nextInt(180);
            IntToDoubleFunction times =
                    minute ->
                            minute < begin || minute > end
                                    ? 1
                                    : Math.min(8, 1 + 7 * (minute - begin) / 5.0);
            Stream stream = new Stream(random, minute -> usual * times.applyAsDouble(minute));
            stream.run(3 * DAY);
            stream.check(seed);
            refused.add(stream.refusedSeconds);
            assertThat(stream.shards).as("shards afterwards, seed %d", seed).isLessThanOrEqualTo(4);
        }
        refused.sort(null);
        assertThat(refused.get(SEEDS * 95 / 100)).as("seconds refused").isLessThan(12 * 60);
    }

    @Test
    void aSteadyLoadChangesNothing() {
        for (long seed = 1; seed <= 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double usual = 100 + random.nextInt(500);
            Stream stream = new Stream(random, minute -> usual);
            stream.run(3 * DAY);
            assertThat(stream.calls).as("calls, seed %d", seed).isEmpty();
            assertThat(stream.refusedSeconds).isZero();
        }
    }

    @Test
    void daysAndNightsAndBurstsStayWithinTheCallsThatKinesisAllows() {
        long most = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double usual = 200 + random.nextInt(3_000);
            int burst = 20 + random.nextInt(2_000);
            double times = 1 + 6 * random.nextDouble();
            IntToDoubleFunction wave = minute -> 1.1 + Math.sin(2 * Math.PI * minute / DAY);
            IntToDoubleFunction bursts = minute -> minute % burst < burst / 8 ? times : 1;
            Stream stream =
                    new Stream(
                            random,
                            at -> usual * wave.applyAsDouble(at) * bursts.applyAsDouble(at));
            stream.run(5 * DAY);
            stream.check(seed);
            most = Math.max(most, stream.mostCallsADay());
        }
        assertThat(most).as("the traces come near to the bound").isGreaterThan(5);
    }

    /** A stream minute by minute, whose metrics come a minute late. */
    private static final class Stream implements ShardedStream {
        private static final int LEAST = 1;
        private static final int MOST = 64;

        /** Seconds of the same load. */
        private static final int STEP = 6;

        private final SplittableRandom random;
        private final IntToDoubleFunction eventsASecond;
        private final ShardScalingFlow flow;
        private final List<Instant> calls = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<Double> accepted = new ArrayList<>();
        private int minute;
        private int shards = LEAST;
        private int coming;
        private int changesUntil = -1;
        private int refusedSeconds;

        private Stream(SplittableRandom random, IntToDoubleFunction eventsASecond) {
            this.random = random;
            this.eventsASecond = eventsASecond;
            this.flow = new ShardScalingFlow(this, LEAST, MOST, this::now);
        }

        private Instant now() {
            return NOW.plus(Duration.ofMinutes(minute));
        }

        private void run(int minutes) {
            for (minute = 0; minute < minutes; minute++) {
                if (changesUntil == minute) {
                    shards = coming;
                    changesUntil = -1;
                }
                double sum = 0;
                double load = eventsASecond.applyAsDouble(minute);
                for (int second = 0; second < 60; second += STEP) {
                    double arrives = load * (0.9 + 0.2 * random.nextDouble());
                    double taken = Math.min(arrives, 1_000.0 * shards);
                    refusedSeconds += taken < arrives ? STEP : 0;
                    sum += STEP * taken;
                }
                accepted.add(sum / 60_000);
                flow.look();
            }
        }

        @Override
        public ShardScaling.Report report(Instant now) {
            double[] filled = new double[ShardScaling.MINUTES];
            for (int back = 1; back <= filled.length && minute - back >= 0; back++) {
                filled[filled.length - back] = accepted.get(minute - back);
            }
            return new ShardScaling.Report(shards, changesUntil >= 0, filled, calls);
        }

        @Override
        public void scale(int to, ShardScaling.Report report, Instant now) {
            if (to > 2 * shards || 2 * to < shards || to < LEAST || to > MOST) {
                wrong.add(shards + " to " + to);
            }
            calls.add(now);
            coming = to;
            changesUntil = minute + 1 + random.nextInt(3);
        }

        private long mostCallsADay() {
            long most = 0;
            for (Instant last : calls) {
                Instant dayBefore = last.minus(ShardScaling.DAY);
                long calledUpTo = calls.stream().filter(call -> !call.isAfter(last)).count();
                long before = calls.stream().filter(call -> !call.isAfter(dayBefore)).count();
                most = Math.max(most, calledUpTo - before);
            }
            return most;
        }

        private void check(long seed) {
            assertThat(wrong).as("seed %d", seed).isEmpty();
            assertThat(mostCallsADay())
                    .as("calls a day, seed %d", seed)
                    .isLessThanOrEqualTo(ShardScaling.MAX_CHANGES);
        }
    }

    private static List<Instant> changes(int count, Duration ago) {
        return Collections.nCopies(count, NOW.minus(ago));
    }

    private static int next(int shards, double[] filled) {
        return next(shards, filled, List.of());
    }

    private static int next(int shards, double[] filled, List<Instant> changes) {
        return ShardScaling.next(
                new ShardScaling.Report(shards, false, filled, changes), 1, 64, NOW);
    }

    private static ShardScaling.Report report(int shards, double[] filled) {
        return new ShardScaling.Report(shards, false, filled, List.of());
    }

    /** Returns the minutes of a report that ends with these; those before are as the first. */
    private static double[] filled(double... last) {
        double[] filled = new double[ShardScaling.MINUTES];
        Arrays.fill(filled, last[0]);
        System.arraycopy(last, 0, filled, filled.length - last.length, last.length);
        return filled;
    }
}
