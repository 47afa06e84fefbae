package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ingest.AdmissionControl.AdmittedEventLog;
import dev.freshet.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Several processes that share one stream, in virtual time; the stream refuses what exceeds its
 * rate.
 */
class AdmissionControlTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");
    private static final int EVENTS = 5;

    private final SettableClock clock = new SettableClock(START);
    private final Stream stream = new Stream();

    /**
     * A stream that accepts a number of records in each second and refuses the rest, as Kinesis
     * does.
     */
    private final class Stream implements EventLog {
        double perSecond = 1_000;
        private double left = perSecond;
        private Instant at = START;
        private long taken;
        private long refused;

        @Override
        public List<Integer> put(List<Entry> entries) {
            double passed = Duration.between(at, clock.instant()).toNanos() / 1e9;
            left = Math.min(perSecond, left + passed * perSecond);
            at = clock.instant();
            List<Integer> notStored = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                if (left >= 1) {
                    left--;
                    taken++;
                } else {
                    notStored.add(i);
                    refused++;
                }
            }
            return notStored;
        }
    }

    private final class Collector {
        private final AdmissionControl admission;
        private final EventLog log;
        private long shed;

        Collector(int seed) {
            admission = new AdmissionControl(new SplittableRandom(seed));
            log = new AdmittedEventLog(stream, admission, clock);
        }

        void request() {
            if (admission.begin(clock.instant()).isPresent()) {
                shed++;
                return;
            }
            log.put(
                    Collections.nCopies(
                            EVENTS, new EventLog.Entry("reader", new byte[] {1, 2, 3})));
            admission.end();
        }
    }

    private List<Collector> processes(int count) {
        return IntStream.range(0, count).mapToObj(Collector::new).toList();
    }

    /** Sends events at this rate to the processes in turn. */
    private void load(List<Collector> processes, double eventsPerSecond, int seconds) {
        long gap = Math.round(1e9 * EVENTS / eventsPerSecond);
        long requests = Math.round(seconds * eventsPerSecond / EVENTS);
        SplittableRandom random = new SplittableRandom(9);
        for (long request = 0; request < requests; request++) {
            processes.get(random.nextInt(processes.size())).request();
            clock.advance(Duration.ofNanos(gap));
        }
    }

    private long shed(List<Collector> processes) {
        return processes.stream().mapToLong(process -> process.shed).sum();
    }

    @Test
    void belowTheStreamsRateNobodyIsTurnedAway() {
        List<Collector> processes = processes(1);

        load(processes, 900, 120);

        assertThat(shed(processes)).isZero();
        assertThat(stream.refused).isZero();
    }

    /** Sends three times what the stream accepts; only the two minutes count. */
    private void loadForTwoMinutesAfter(int seconds, List<Collector> processes) {
        load(processes, 3_000, seconds);
        stream.taken = 0;
        stream.refused = 0;
        load(processes, 3_000, 120);
    }

    private double refusedShare() {
        return stream.refused / (double) (stream.refused + stream.taken);
    }

    @Test
    void threeTimesTooMuchIsTurnedAwayBeforeTheStreamHasToRefuseIt() {
        List<Collector> processes = processes(1);

        loadForTwoMinutesAfter(20, processes);

        assertThat(stream.taken / 120.0).isBetween(850.0, 1_010.0);
        assertThat(refusedShare()).isLessThan(0.02);
        assertThat(shed(processes) * EVENTS / (140.0 * 3_000)).isGreaterThan(0.5);
    }

    @Test
    void fiftyProcessesThatKnowNothingOfEachOtherShareTheStream() {
        List<Collector> processes = processes(50);

        loadForTwoMinutesAfter(30, processes);

        assertThat(stream.taken / 120.0).isBetween(750.0, 1_010.0);
        assertThat(refusedShare()).isLessThan(0.1);
    }

    @Test
    void aStreamThatHasGrownIsUsedWithinTwoMinutes() {
        List<Collector> processes = processes(1);
        load(processes, 3_000, 60);
        stream.perSecond = 4_000;
        load(processes, 3_000, 120);
        long before = shed(processes);

        load(processes, 3_000, 30);

        assertThat(shed(processes)).isEqualTo(before);
        assertThat(processes.getFirst().admission.rate()).isInfinite();
    }

    @Test
    void afterTheRushNobodyIsTurnedAway() {
        List<Collector> processes = processes(1);
        load(processes, 3_000, 60);
        load(processes, 400, 2);
        long before = shed(processes);

        load(processes, 400, 60);

        assertThat(shed(processes)).isEqualTo(before);
    }

    @Test
    void aStreamThatTakesNothingIsStillAskedNowAndThen() {
        List<Collector> processes = processes(1);
        stream.perSecond = 0;
        stream.left = 0;
        load(processes, 500, 60);

        assertThat(stream.refused).isBetween(1L, 60L * EVENTS * 2);

        stream.perSecond = 1_000;
        load(processes, 500, 15);
        long before = shed(processes);
        load(processes, 500, 30);
        assertThat(shed(processes)).isEqualTo(before);
    }

    @Test
    void aPutThatTakesASecondCountsAsRefused() {
        AdmissionControl admission = new AdmissionControl(new SplittableRandom(1));
        admission.begin(START);

        admission.learn(100, 0, Duration.ofSeconds(1), START.plusSeconds(1));

        assertThat(admission.rate()).isFinite();
        assertThat(admission.begin(START.plusSeconds(1))).isPresent();
    }

    @Test
    void howLongToStayAwayIsWholeSecondsBoundedAndNotTheSameForAll() {
        AdmissionControl admission = new AdmissionControl(new SplittableRandom(1));
        admission.begin(START);
        admission.learn(100_000, 1, Duration.ZERO, START);
        TreeSet<Duration> told = new TreeSet<>();
        for (int i = 0; i < 200; i++) {
            admission.begin(START).ifPresent(told::add);
        }
        AdmissionControl full = new AdmissionControl(new SplittableRandom(1));
        for (int i = 0; i < AdmissionControl.MAX_CONCURRENT; i++) {
            assertThat(full.begin(START)).isEmpty();
        }
        for (int i = 0; i < 200; i++) {
            full.begin(START).ifPresent(told::add);
        }

        assertThat(told).hasSizeGreaterThan(1);
        assertThat(told).allMatch(wait -> wait.toSeconds() >= 1 && wait.toMillis() % 1000 == 0);
        assertThat(told.last()).isLessThanOrEqualTo(AdmissionControl.MAX_WAIT);
    }

    @Test
    void aRequestThatEndsMakesRoom() {
        AdmissionControl admission = new AdmissionControl(new SplittableRandom(1));
        for (int i = 0; i < AdmissionControl.MAX_CONCURRENT; i++) {
            admission.begin(START);
        }
        assertThat(admission.begin(START)).isPresent();

        admission.end();

        assertThat(admission.begin(START)).isEmpty();
    }

    @Test
    void largeEventsCountByTheirKilobytes() {
        assertThat(AdmissionControl.units(10)).isEqualTo(1);
        assertThat(AdmissionControl.units(40 << 10)).isEqualTo(40);
    }
}
