package dev.freshet.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.insight.Overview.HealthCheck;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthChecksTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Replica.Status READ = new Replica.Status(7, NOW, 0, 0, null);

    private static Versioned version(long version) {
        return new Versioned(Model.EMPTY, version, NOW);
    }

    private static OutcomeSums lists(long lists, long clicked) {
        return sums(OutcomeCount.LISTS, lists, OutcomeCount.LISTS_CLICKED, clicked);
    }

    private static OutcomeSums clicks(long clicks, long unseen) {
        return sums(OutcomeCount.CLICKS, clicks, OutcomeCount.UNSEEN_CLICKS, unseen);
    }

    private static OutcomeSums sums(OutcomeCount one, long first, OutcomeCount two, long second) {
        return OutcomeSums.NONE.draft().add(one, first).add(two, second).seal();
    }

    @Test
    void aStackWithoutAModelIsToldHowToGetOne() {
        HealthCheck check = HealthChecks.model(version(0), READ, NOW);

        assertThat(check.ok()).isFalse();
        assertThat(check.sentence()).contains("./freshet import");
    }

    @Test
    void aModelLogThatCannotBeReadIsReportedAtOnceAndAStaleLookAfterAMinute() {
        Replica.Status damaged = new Replica.Status(7, NOW, 0, 1, "an object is damaged");

        assertThat(HealthChecks.model(version(7), READ, NOW).ok()).isTrue();
        assertThat(HealthChecks.model(version(7), READ, NOW.plusSeconds(60)).ok()).isTrue();
        assertThat(HealthChecks.model(version(7), READ, NOW.plusSeconds(61)).ok()).isFalse();
        assertThat(HealthChecks.model(version(7), damaged, NOW).ok()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1200, 30", "60, 30", "30, 60", "1, 1800"})
    void aSilenceIsReportedAfterThirtySecondsOrThirtyUsualGaps(double perMinute, long seconds) {
        OptionalDouble pace = OptionalDouble.of(perMinute);
        Instant bound = NOW.plusSeconds(seconds);

        assertThat(HealthChecks.learning(NOW, pace, bound).ok()).isTrue();
        assertThat(HealthChecks.learning(NOW, pace, bound.plusMillis(1)).ok()).isFalse();
    }

    @Test
    void noSilenceIsReportedWhereNoEventsAreExpected() {
        Instant later = NOW.plus(Duration.ofDays(30));

        assertThat(HealthChecks.learning(NOW, OptionalDouble.empty(), later).ok()).isTrue();
        assertThat(HealthChecks.learning(NOW, OptionalDouble.of(0), later).ok()).isTrue();
        assertThat(HealthChecks.learning(NOW, OptionalDouble.of(1e-300), later).ok()).isTrue();
    }

    @Test
    void theSentenceOfASilenceStaysTheSameWhileItLasts() {
        OptionalDouble pace = OptionalDouble.of(1240);

        assertThat(HealthChecks.learning(NOW, pace, NOW.plusSeconds(45)))
                .isEqualTo(HealthChecks.learning(NOW, pace, NOW.plusSeconds(450)));
        assertThat(HealthChecks.learning(NOW, pace, NOW.plusSeconds(45)).sentence())
                .contains("12:00:00 UTC", "1,240 events a minute");
    }

    @Test
    void clicksWithoutImpressionsAreReportedAboveAFifth() {
        assertThat(HealthChecks.impressions(clicks(80, 20)).ok()).isTrue();
        assertThat(HealthChecks.impressions(clicks(79, 21)).ok()).isFalse();
        assertThat(HealthChecks.impressions(clicks(0, 19)).ok()).as("too few to tell").isTrue();
    }

    @Test
    void fallingClicksAreReportedAndSmallFallsAreNot() {
        assertThat(HealthChecks.clicks(lists(5_000, 200), lists(50_000, 6_000)).ok()).isFalse();
        assertThat(HealthChecks.clicks(lists(5_000, 550), lists(50_000, 6_000)).ok()).isTrue();
        assertThat(HealthChecks.clicks(lists(499, 0), lists(50_000, 6_000)).ok()).isTrue();
        assertThat(HealthChecks.clicks(lists(5_000, 900), lists(50_000, 6_000)).ok()).isTrue();
    }

    @Test
    void aSteadyRateIsNeverCalledFalling() {
        SplittableRandom random = new SplittableRandom(5);
        for (int day = 0; day < 2_000; day++) {
            long clicked = 0;
            for (int i = 0; i < 600; i++) {
                clicked += random.nextDouble() < 0.12 ? 1 : 0;
            }
            assertThat(HealthChecks.clicks(lists(600, clicked), lists(50_000, 6_000)).ok())
                    .as("day %d, %d of 600", day, clicked)
                    .isTrue();
        }
    }

    @Test
    void noExperimentIsNoFault() {
        assertThat(HealthChecks.experiments(Map.of()).ok()).isTrue();
    }
}
