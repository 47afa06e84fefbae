package dev.freshet.experiment;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.experiment.Results.ArmResult;
import dev.freshet.experiment.Results.ArmResult.GuardrailState;
import dev.freshet.experiment.Results.Conclusion;
import dev.freshet.experiment.Results.MetricComparison;
import dev.freshet.model.sums.BucketSums;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.BucketSums.Tally;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.statistics.ConfidenceInterval;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExperimentAnalysisTest {
    private static final Experiment EXPERIMENT = Definitions.with(tree -> {});

    /** Sums of an arm whose users see five lists each. */
    private static BucketSums arm(long seed, int users, double ctr, double hides, double buys) {
        Random random = new Random(seed);
        Tally tally = BucketSums.ZERO.tally();
        for (int user = 0; user < users; user++) {
            int bucket = random.nextInt(BucketSums.BUCKETS);
            tally.add(bucket, Column.USERS, 1);
            for (int list = 0; list < 5; list++) {
                long clicked = random.nextDouble() < ctr ? 1 : 0;
                tally.add(bucket, Column.LISTS, 1);
                tally.add(bucket, Column.LISTS_CLICKED, clicked);
                tally.add(bucket, Column.CLICKS, clicked);
                tally.add(bucket, Column.HIDES, random.nextDouble() < hides ? 1 : 0);
            }
            if (random.nextDouble() < buys) {
                tally.add(bucket, Column.CONVERSIONS, 1);
                tally.add(bucket, Column.REVENUE, 25 * 10_000);
            }
        }
        return tally.sums();
    }

    private static Results results(BucketSums control, BucketSums treated) {
        return ExperimentAnalysis.of(EXPERIMENT, sums(control, treated, 0));
    }

    private static ExperimentSums sums(BucketSums control, BucketSums treated, int crossed) {
        return new ExperimentSums(Map.of("control", control, "pl", treated), crossed);
    }

    private static Results results(double controlCtr, double treatedCtr) {
        return results(
                arm(1, 5_000, controlCtr, 0.01, 0.05), arm(2, 5_000, treatedCtr, 0.01, 0.05));
    }

    private static MetricComparison primary(Results results) {
        return requireNonNull(results.arms().getFirst().primary());
    }

    @Test
    void aClearGainIsBetterAndMayBeStopped() {
        Results results = results(0.08, 0.12);

        assertThat(results.conclusion()).isEqualTo(Conclusion.BETTER);
        MetricComparison primary = primary(results);
        assertThat(primary.control()).isCloseTo(0.08, within(0.006));
        assertThat(primary.difference()).isCloseTo(0.04, within(0.01));
        assertThat(primary.interval().contains(0.04)).isTrue();
        assertThat(requireNonNull(primary.lift()).contains(0.5)).isTrue();
        assertThat(primary.p()).isLessThan(0.001);
        assertThat(results.sentence())
                .startsWith("Arm pl is better than control: lists clicked ")
                .contains(" points (+")
                .endsWith("The experiment may be stopped now.");
        assertThat(results.users()).isEqualTo(Map.of("control", 5_000L, "pl", 5_000L));
    }

    @Test
    void aClearLossIsWorse() {
        Results results = results(0.12, 0.08);

        assertThat(results.conclusion()).isEqualTo(Conclusion.WORSE);
        assertThat(results.sentence())
                .startsWith("Arm pl is worse than control: ")
                .contains(" between \u2212", " (\u2212")
                .doesNotContain("-", "listCtr");
        assertThat(primary(results).usersToDecide()).isEqualTo(10_000);
    }

    @Test
    void withoutADifferenceItRunsOnAndSaysWhatThePlanWouldShow() {
        Results results = results(0.08, 0.08);

        assertThat(results.conclusion()).isEqualTo(Conclusion.RUNNING);
        assertThat(primary(results).interval().contains(0)).isTrue();
        assertThat(results.sentence())
                .contains("cannot be told apart yet")
                .contains("at the planned 20,000 users a difference of 0.");
        assertThat(primary(results).usersToDecide()).isGreaterThan(10_000);
    }

    @Test
    void aDifferenceWithinTheMarginIsSaidToBe() {
        Experiment wide = Definitions.with(tree -> Definitions.set(tree, "/metrics/margin", "0.3"));
        BucketSums usual = arm(1, 5_000, 0.08, 0.01, 0.05);
        BucketSums same = arm(2, 5_000, 0.08, 0.01, 0.05);
        Results results = ExperimentAnalysis.of(wide, sums(usual, same, 0));

        assertThat(results.conclusion()).isEqualTo(Conclusion.WITHIN_MARGIN);
        assertThat(results.sentence()).contains("no difference that matters");
    }

    @Test
    void aHarmedGuardrailIsReportedAlthoughTheArmIsBetter() {
        Results results = results(arm(1, 5_000, 0.08, 0.01, 0.05), arm(2, 5_000, 0.12, 0.03, 0.05));

        assertThat(results.conclusion()).isEqualTo(Conclusion.BETTER);
        ArmResult arm = results.arms().getFirst();
        assertThat(arm.guardrails().getFirst().state()).isEqualTo(GuardrailState.HARMED);
        assertThat(arm.harmed()).isTrue();
        assertThat(results.sentence())
                .contains("Guardrail harmed: hides a list.")
                .contains("Think about stopping it");
    }

    @Test
    void fewerHidesLeaveTheGuardrailSafe() {
        Results results = results(arm(1, 5_000, 0.08, 0.03, 0.05), arm(2, 5_000, 0.08, 0.01, 0.05));

        assertThat(results.arms().getFirst().guardrails().getFirst().state())
                .isEqualTo(GuardrailState.SAFE);
    }

    @Test
    void revenueIsInUnitsOfTheCurrency() {
        Results results = results(0.08, 0.08);

        MetricComparison revenue = results.arms().getFirst().guardrails().get(1).comparison();
        assertThat(revenue.metric()).isEqualTo(Metric.REVENUE_PER_USER);
        assertThat(revenue.control()).isCloseTo(1.25, within(0.2));
        assertThat(revenue.interval().high()).isBetween(0.1, 1.0);
    }

    @Test
    void aLiftIsReportedFromAHundredEventsAnArmOn() {
        Results few = results(arm(1, 200, 0.08, 0, 0), arm(2, 200, 0.08, 0, 0));
        Results many = results(arm(1, 300, 0.08, 0, 0), arm(2, 300, 0.08, 0, 0));

        assertThat(primary(few).lift()).isNull();
        assertThat(primary(many).lift()).isNotNull();
    }

    @Test
    void theLiftLeavesZeroOutExactlyWhereTheDifferenceDoes() {
        int decided = 0;
        for (int seed = 0; seed < 400; seed++) {
            MetricComparison primary =
                    primary(
                            results(
                                    arm(2L * seed, 700, 0.1, 0, 0),
                                    arm(2L * seed + 1, 700, seed % 2 == 0 ? 0.14 : 0.065, 0, 0)));
            boolean contains = primary.interval().contains(0);
            ConfidenceInterval lift = requireNonNull(primary.lift());
            assertThat(lift.contains(0)).isEqualTo(contains);
            assertThat(lift.low() < 0).isEqualTo(primary.interval().low() < 0);
            decided += contains ? 0 : 1;
        }
        assertThat(decided).as("differences at the border").isBetween(50, 350);
    }

    @Test
    void ofAHoldoutItIsSaidWhatRecommendationGainsAndThatItRunsOn() throws Exception {
        Experiment holdout =
                Definitions.read(
                        new ObjectMapper()
                                .readTree(
                                        """
                                        {"id":"worth","version":1,"status":"running","layer":"holdout",
                                         "salt":"worth-1","plannedUsers":100000,
                                         "arms":[{"id":"personalised","weight":0.97},
                                                 {"id":"popular","weight":0.03,"strategy":"popular"}],
                                         "metrics":{"primary":"listCtr","window":"28d"}}"""));
        ExperimentSums sums =
                new ExperimentSums(
                        Map.of(
                                "personalised",
                                arm(1, 9_700, 0.14, 0, 0),
                                "popular",
                                arm(2, 300, 0.08, 0, 0)),
                        0);

        Results results = ExperimentAnalysis.of(holdout, sums);

        assertThat(results.conclusion()).isEqualTo(Conclusion.WORSE);
        assertThat(results.sentence())
                .startsWith("Arm personalised is better than popular: lists clicked 1")
                .contains(" against ", " difference between +", " points (+")
                .contains(" Let it run: a holdout tells")
                .doesNotContain("worse", "stopped", "\u2212");
    }

    @Test
    void aWrongSplitMakesTheResultsInvalid() {
        Results results = results(arm(1, 5_500, 0.08, 0.01, 0.05), arm(2, 4_500, 0.16, 0.01, 0.05));

        assertThat(results.conclusion()).isEqualTo(Conclusion.INVALID);
        assertThat(results.split().alarm()).isTrue();
        assertThat(results.split().chiSquareP()).isLessThan(1e-6);
        assertThat(results.sentence()).contains("not valid");
    }

    @Test
    void withoutImpressionsThereIsNoConclusion() {
        Results results = ExperimentAnalysis.of(EXPERIMENT, ExperimentSums.ZERO);

        assertThat(results.conclusion()).isEqualTo(Conclusion.NO_IMPRESSIONS);
        assertThat(results.sentence()).contains("impressions");
    }

    @Test
    void withFewUsersNothingIsCompared() {
        Results results = results(arm(1, 99, 0.01, 0, 0), arm(2, 99, 0.9, 0, 0));

        assertThat(results.conclusion()).isEqualTo(Conclusion.RUNNING);
        assertThat(results.arms().getFirst().primary()).isNull();
        assertThat(results.sentence()).contains("100 users each");
    }

    @Test
    void manyCrossedUsersAreWarnedOf() {
        ExperimentSums sums = sums(arm(1, 1_000, 0.08, 0, 0), arm(2, 1_000, 0.08, 0, 0), 40);

        assertThat(ExperimentAnalysis.of(EXPERIMENT, sums).sentence())
                .contains("Warning: 40 users were shown two arms");
    }

    @Test
    void aSecondaryMetricIsADiscoveryOnlyWithEvidence() {
        assertThat(discovered(results(0.08, 0.12))).isTrue();
        assertThat(discovered(results(0.08, 0.08))).isFalse();
    }

    private static boolean discovered(Results results) {
        return results.arms().getFirst().secondary().getFirst().discovered();
    }

    @Test
    void severalArmsShareAlpha() {
        Experiment three = Definitions.open("three", "ranking", 0.34, 0.33, 0.33);
        BucketSums same = arm(1, 2_000, 0.08, 0, 0);
        BucketSums better = arm(2, 2_000, 0.16, 0, 0);
        ExperimentSums sums =
                new ExperimentSums(Map.of("control", same, "arm-1", same, "arm-2", better), 0);

        Results results = ExperimentAnalysis.of(three, sums);

        assertThat(results.arms())
                .extracting(ArmResult::conclusion)
                .containsExactly(Conclusion.RUNNING, Conclusion.BETTER);
        assertThat(results.conclusion()).isEqualTo(Conclusion.BETTER);
        double both = primary(results).interval().high();
        Experiment alone = Definitions.open("two", "ranking", 0.34 / 0.67, 0.33 / 0.67);
        ExperimentSums ofTwo = new ExperimentSums(Map.of("control", same, "arm-1", same), 0);
        Results two = ExperimentAnalysis.of(alone, ofTwo);
        assertThat(both).isGreaterThan(primary(two).interval().high());
    }

    @Test
    void sumsAreAddedInAnyOrder() {
        BucketSums one = arm(1, 50, 0.1, 0.1, 0.1);
        BucketSums two = arm(2, 70, 0.1, 0.1, 0.1);
        BucketSums three = arm(3, 90, 0.1, 0.1, 0.1);

        assertThat(one.plus(two).plus(three)).isEqualTo(three.plus(one).plus(two));
        assertThat(one.plus(two).total(Column.USERS)).isEqualTo(120);
        ExperimentSums left = new ExperimentSums(Map.of("a", one), 1);
        ExperimentSums right = new ExperimentSums(Map.of("a", two, "b", three), 2);
        assertThat(left.plus(right)).isEqualTo(right.plus(left));
        assertThat(left.plus(right).crossed()).isEqualTo(3);
    }

    @Test
    void theBucketIsTheUpperByteOfThePseudonym() {
        assertThat(BucketSums.bucket(0)).isZero();
        assertThat(BucketSums.bucket(-1)).isEqualTo(255);
        assertThat(BucketSums.bucket(0x0100000000000000L)).isEqualTo(1);
    }
}
