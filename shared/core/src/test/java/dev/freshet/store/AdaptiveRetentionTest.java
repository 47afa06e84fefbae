package dev.freshet.store;

import static dev.freshet.store.RetentionFlow.AdaptiveRetention.LONG;
import static dev.freshet.store.RetentionFlow.AdaptiveRetention.MINUTES;
import static dev.freshet.store.RetentionFlow.AdaptiveRetention.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.AdaptiveRetention.Report;
import dev.freshet.store.RetentionFlow.RetainedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdaptiveRetentionTest {
    private static final Report CALM = report(0, 0);

    @Test
    void aDayOfConsumersThatKeepUpIsEnoughForADay() {
        assertThat(AdaptiveRetention.next(SHORT, List.of(CALM, CALM))).isEqualTo(SHORT);
        assertThat(AdaptiveRetention.next(LONG, List.of(CALM, CALM))).isEqualTo(SHORT);
    }

    @Test
    void oneStreamWhoseRecordsWaitKeepsAllForAWeek() {
        assertThat(AdaptiveRetention.next(SHORT, List.of(CALM, report(0, 600_000))))
                .isEqualTo(LONG);
    }

    @Test
    void aConsumerThatStoppedIsLateOnceARecordHasWaited() {
        long[] read = readUntil(MINUTES - 20);
        boolean[] received = new boolean[MINUTES];
        assertThat(next(SHORT, read, received)).isEqualTo(SHORT);

        received[MINUTES - 9] = true;
        assertThat(next(SHORT, read, received)).isEqualTo(SHORT);
        received[MINUTES - 10] = true;
        assertThat(next(SHORT, read, received)).isEqualTo(LONG);
    }

    @Test
    void whatWasReadLateWaitsUntilTheConsumerReadsAgain() {
        long[] read = readUntil(MINUTES - 600);
        read[MINUTES - 601] = 60_000;
        boolean[] received = new boolean[MINUTES];
        assertThat(next(SHORT, read, received)).isEqualTo(LONG);

        read[MINUTES - 600] = 59_999;
        assertThat(next(SHORT, read, received)).isEqualTo(SHORT);
    }

    @Test
    void aStreamThatReceivedDaysAgoAndWasNotReadSinceKeepsItsRecords() {
        long[] read = readUntil(0);
        boolean[] received = new boolean[MINUTES];
        received[5] = true;
        assertThat(next(LONG, read, received)).isEqualTo(LONG);

        read[6] = 0;
        assertThat(next(LONG, read, received)).isEqualTo(SHORT);
    }

    @Test
    void aRecordInTheMinuteOfTheLastReadIsSeenWithTheNextRecord() {
        long[] read = readUntil(MINUTES - 600);
        boolean[] received = new boolean[MINUTES];
        received[MINUTES - 601] = true;
        assertThat(next(SHORT, read, received)).isEqualTo(SHORT);

        received[MINUTES - 10] = true;
        assertThat(next(SHORT, read, received)).isEqualTo(LONG);
    }

    @Test
    void aWeekStaysUntilEveryHourOfADayWasInOrder() {
        for (int hour = 0; hour < AdaptiveRetention.HOURS - 1; hour++) {
            List<Long> ages = new ArrayList<>(CALM.ages());
            ages.set(hour, 600_000L);
            List<Report> reports = List.of(CALM, new Report(ages));
            assertThat(AdaptiveRetention.next(LONG, reports)).isEqualTo(LONG);
            assertThat(AdaptiveRetention.next(SHORT, reports)).isEqualTo(SHORT);
        }
    }

    @Test
    void theFlowChangesOnlyStreamsThatHaveAnotherPeriod() {
        Stream one = new Stream(Duration.ofHours(24), CALM);
        Stream other = new Stream(Duration.ofDays(7), CALM);
        RetentionFlow flow = new RetentionFlow(List.of(one, other), SHORT, () -> Instant.EPOCH);

        assertThat(flow.look()).isEqualTo(SHORT);
        assertThat(one.changes).isEmpty();
        assertThat(other.changes).containsExactly(SHORT);

        assertThat(flow.lengthen()).isEqualTo(LONG);
        assertThat(one.changes).containsExactly(LONG);
        assertThat(other.changes).containsExactly(SHORT, LONG);
    }

    @Test
    void whereAWeekIsTheLeastNoReportShortensIt() {
        Stream stream = new Stream(SHORT, CALM);
        RetentionFlow flow = new RetentionFlow(List.of(stream), LONG, () -> Instant.EPOCH);

        assertThat(flow.look()).isEqualTo(LONG);
        assertThat(flow.look()).isEqualTo(LONG);
        assertThat(stream.changes).containsExactly(LONG);
    }

    /** What a reader does is in its report after five minutes. */
    @Test
    void anotherReaderBeginsBeforeTheOldestRecordThatWaitsForAny() {
        Instant now = Instant.parse("2026-12-01T10:00:00.5Z");
        Stream calm = new Stream(SHORT, CALM);
        Stream late = new Stream(SHORT, report(7_200_000, 3_600_000));

        assertThat(new RetentionFlow(List.of(calm), SHORT, () -> now).readFrom())
                .isEqualTo(Instant.parse("2026-12-01T09:50:00Z"));
        assertThat(new RetentionFlow(List.of(calm, late), SHORT, () -> now).readFrom())
                .isEqualTo(Instant.parse("2026-12-01T08:50:00Z"));
        assertThat(late.changes).isEmpty();
    }

    @Test
    void aReportHasAnEntryForEachHour() {
        assertThatThrownBy(() -> new Report(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Report.of(new long[1], new boolean[MINUTES]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class Stream implements RetainedStream {
        private final Report report;
        private final List<Duration> changes = new ArrayList<>();
        private Duration period;

        Stream(Duration period, Report report) {
            this.period = period;
            this.report = report;
        }

        @Override
        public Duration retention() {
            return period;
        }

        @Override
        public List<Report> reports(Instant now) {
            return List.of(report);
        }

        @Override
        public void retain(Duration wanted) {
            changes.add(wanted);
            period = wanted;
        }
    }

    private static Duration next(Duration current, long[] read, boolean[] received) {
        return AdaptiveRetention.next(current, List.of(CALM, Report.of(read, received)));
    }

    /** Returns the ages of a consumer that read at once until a minute, and then nothing. */
    private static long[] readUntil(int minute) {
        long[] read = new long[MINUTES];
        Arrays.fill(read, minute, MINUTES, -1);
        return read;
    }

    /** Returns a report of a day with one age and another in its last hour. */
    private static Report report(long before, long last) {
        List<Long> ages = new ArrayList<>(Collections.nCopies(AdaptiveRetention.HOURS, before));
        ages.set(AdaptiveRetention.HOURS - 1, last);
        return new Report(ages);
    }
}
