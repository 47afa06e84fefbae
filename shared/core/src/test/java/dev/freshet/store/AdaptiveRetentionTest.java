package dev.freshet.store;

import static dev.freshet.store.RetentionFlow.AdaptiveRetention.LONG;
import static dev.freshet.store.RetentionFlow.AdaptiveRetention.SHORT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.RetainedStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AdaptiveRetentionTest {
    private static final AdaptiveRetention.Report CALM = report(0, 0);

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
    void aConsumerThatStoppedReadingIsLateEvenIfNothingIsReceived() {
        List<OptionalLong> ages = new ArrayList<>(CALM.ages());
        ages.set(AdaptiveRetention.HOURS - 1, OptionalLong.empty());

        assertThat(next(SHORT, ages, false)).isEqualTo(LONG);
    }

    @Test
    void aStreamThatReceivesAndIsNeverReadIsLate() {
        List<OptionalLong> never =
                Collections.nCopies(AdaptiveRetention.HOURS, OptionalLong.empty());

        assertThat(next(SHORT, never, true)).isEqualTo(LONG);
        assertThat(next(SHORT, never, false)).isEqualTo(SHORT);
        assertThat(next(LONG, never, false)).isEqualTo(LONG);
    }

    @Test
    void aWeekStaysUntilEveryHourOfADayWasInOrder() {
        for (int hour = 0; hour < AdaptiveRetention.HOURS - 1; hour++) {
            List<OptionalLong> late = new ArrayList<>(CALM.ages());
            late.set(hour, OptionalLong.of(600_000));
            assertThat(next(LONG, late, true)).isEqualTo(LONG);
            assertThat(next(SHORT, late, true)).isEqualTo(SHORT);
            late.set(hour, OptionalLong.empty());
            assertThat(next(LONG, late, true)).isEqualTo(LONG);
        }
    }

    @Test
    void theFlowChangesOnlyStreamsThatHaveAnotherPeriod() {
        Stream one = new Stream(Duration.ofHours(24), CALM);
        Stream other = new Stream(Duration.ofDays(7), CALM);
        RetentionFlow flow = new RetentionFlow(List.of(one, other), () -> Instant.EPOCH);

        assertThat(flow.look()).isEqualTo(SHORT);
        assertThat(one.changes).isEmpty();
        assertThat(other.changes).containsExactly(SHORT);

        assertThat(flow.lengthen()).isEqualTo(LONG);
        assertThat(one.changes).containsExactly(LONG);
        assertThat(other.changes).containsExactly(SHORT, LONG);
    }

    @Test
    void aReportHasAnEntryForEachHour() {
        assertThatThrownBy(() -> new AdaptiveRetention.Report(List.of(), true))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final class Stream implements RetainedStream {
        private final AdaptiveRetention.Report report;
        private final List<Duration> changes = new ArrayList<>();
        private Duration period;

        Stream(Duration period, AdaptiveRetention.Report report) {
            this.period = period;
            this.report = report;
        }

        @Override
        public Duration retention() {
            return period;
        }

        @Override
        public AdaptiveRetention.Report report(Instant now) {
            return report;
        }

        @Override
        public void retain(Duration wanted) {
            changes.add(wanted);
            period = wanted;
        }
    }

    private static Duration next(Duration current, List<OptionalLong> ages, boolean received) {
        return AdaptiveRetention.next(
                current, List.of(CALM, new AdaptiveRetention.Report(ages, received)));
    }

    /** Returns a report of a day with one age and another in its last hour. */
    private static AdaptiveRetention.Report report(long before, long last) {
        List<OptionalLong> ages =
                new ArrayList<>(
                        Collections.nCopies(AdaptiveRetention.HOURS, OptionalLong.of(before)));
        ages.set(AdaptiveRetention.HOURS - 1, OptionalLong.of(last));
        return new AdaptiveRetention.Report(ages, true);
    }
}
