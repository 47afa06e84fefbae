package dev.freshet.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.Overview.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");

    static Flow flow(Instant asOf, List<Flow.Minute> minutes, List<Flow.Consumer> consumers) {
        return new Flow(
                Flow.Source.PROCESS, asOf, minutes, null, consumers, null, true, null, null);
    }

    private static Flow flow(Flow.Minute... minutes) {
        return flow(NOW, List.of(minutes), List.of());
    }

    private static HealthCheck consumers(Flow.Consumer... consumers) {
        return FlowChecks.consumers(flow(NOW, List.of(), List.of(consumers)));
    }

    private static Flow.Consumer behind(String name, long seconds) {
        return new Flow.Consumer(name, Duration.ofSeconds(seconds));
    }

    private static Flow.Minute events(Instant at, long accepted, long refused, long quarantined) {
        return new Flow.Minute(
                at,
                Map.of(
                        Count.ACCEPTED, accepted,
                        Count.REFUSED, refused,
                        Count.QUARANTINED, quarantined));
    }

    private static Flow.Minute lists(Instant at, long all, long degraded) {
        return new Flow.Minute(at, Map.of(Count.RECOMMENDATIONS, all, Count.DEGRADED, degraded));
    }

    private static Flow.Minute requests(long all, long server, long throttled) {
        return new Flow.Minute(
                NOW,
                Map.of(
                        Count.REQUESTS, all,
                        Count.SERVER_ERRORS, server,
                        Count.THROTTLED, throttled));
    }

    private static Flow.Minute uncounted(Instant at, long amounts, long lists) {
        return new Flow.Minute(
                at, Map.of(Count.AMOUNTS_LEFT_OUT, amounts, Count.LISTS_OF_NOBODY, lists));
    }

    @Test
    void aConsumerIsBehindFromMoreThanFifteenSecondsOn() {
        assertThat(consumers(behind("features", 15)).ok()).isTrue();
        assertThat(consumers(behind("features", 16)).sentence())
                .startsWith(
                        "The consumer features has not processed what arrived since 12:00:14 UTC");
    }

    @Test
    void theConsumerOfEventsIsNamedBeforeTheTrainerThatWaitsForIt() {
        assertThat(consumers(behind("train", 90), behind("features", 60)).sentence())
                .contains("features");
        assertThat(consumers(behind("train", 90)).sentence()).contains("the model is stale");
    }

    @Test
    void aConsumerWhoseLagIsUnknownIsNotCalledWell() {
        assertThat(consumers().sentence()).contains("not measured");
    }

    @Test
    void oneRecordInQuarantineInTheHourIsReported() {
        Instant earlier = NOW.minus(Duration.ofMinutes(50));

        assertThat(FlowChecks.quarantine(flow(events(earlier, 9, 0, 0))).ok()).isTrue();
        assertThat(FlowChecks.quarantine(flow(events(earlier, 9, 0, 1))).sentence())
                .contains("1 record of the last hour");
    }

    @Test
    void oneAmountOfMoneyThatDoesNotCountInTheHourIsReported() {
        Instant earlier = NOW.minus(Duration.ofMinutes(50));

        assertThat(FlowChecks.of(flow(uncounted(earlier, 0, 0)))).allMatch(HealthCheck::ok);
        assertThat(FlowChecks.of(flow(uncounted(earlier, 1, 0), uncounted(NOW, 1, 0))))
                .filteredOn(check -> !check.ok())
                .singleElement()
                .satisfies(check -> assertThat(check.check()).isEqualTo("revenue"))
                .satisfies(
                        check ->
                                assertThat(check.sentence())
                                        .contains("of the last hour", "from the server"));
    }

    @Test
    void listsOfNobodyAreReportedIfTheyAreNearlyAllButNotIfVisitorsAreNewAndSoonGone() {
        assertThat(FlowChecks.lists(flow(uncounted(NOW, 0, 19)), 0).ok()).isTrue();
        assertThat(FlowChecks.lists(flow(uncounted(NOW, 0, 20)), 0).sentence())
                .contains("without the id");
        assertThat(FlowChecks.lists(flow(uncounted(NOW, 0, 900)), 100).ok()).isTrue();
        assertThat(FlowChecks.lists(flow(uncounted(NOW, 0, 910)), 100).ok()).isFalse();
    }

    @Test
    void sharesAreOfTheLastFiveMinutesAndOfAtLeastTwenty() {
        Instant before = NOW.minus(Duration.ofMinutes(7));

        assertThat(FlowChecks.degraded(flow(lists(NOW, 19, 19))).ok()).isTrue();
        assertThat(FlowChecks.degraded(flow(lists(NOW, 100, 5))).ok()).isTrue();
        assertThat(FlowChecks.degraded(flow(lists(NOW, 100, 6))).sentence())
                .startsWith("6 % of the lists");
        assertThat(FlowChecks.degraded(flow(lists(before, 100, 99), lists(NOW, 100, 0))).ok())
                .isTrue();
    }

    @Test
    void requestsNameOverloadBeforeFailuresBeforeRefusals() {
        assertThat(FlowChecks.requests(flow(requests(100, 1, 1))).ok()).isTrue();
        assertThat(FlowChecks.requests(flow(requests(100, 9, 2))).sentence())
                .contains("2 % of the requests", "overload");
        assertThat(FlowChecks.requests(flow(requests(100, 9, 0))).sentence())
                .contains("9 % of the requests", "failed");
        assertThat(FlowChecks.requests(flow(events(NOW, 70, 30, 0))).sentence())
                .contains("30 % of the events", "refused");
        assertThat(FlowChecks.requests(flow(events(NOW, 80, 20, 0))).ok()).isTrue();
    }

    @Test
    void theSentenceStaysTheSameWhileWhatItReportsDoes() {
        String first = consumers(behind("train", 60)).sentence();
        Flow later = flow(NOW.plusSeconds(20), List.of(), List.of(behind("train", 80)));

        assertThat(FlowChecks.consumers(later).sentence()).isEqualTo(first);
    }
}
