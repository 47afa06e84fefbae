package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BucketRatioTest {
    private static final int BUCKETS = 256;

    @Test
    void theVarianceIsTheFormulaOfTheDeltaMethod() {
        BucketRatio ratio =
                BucketRatio.of(new long[] {1, 4, 1}, new long[] {10, 20, 10}).orElseThrow();

        assertThat(ratio.estimate().value()).isCloseTo(0.15, within(1e-15));
        // D = -0.5, 1, -0.5; the mean denominator is 40 / 3
        assertThat(ratio.estimate().variance())
                .isCloseTo(1.5 / (3 * 2 * (40.0 / 3) * (40.0 / 3)), within(1e-15));
    }

    @Test
    void withoutADenominatorThereIsNoRatio() {
        assertThat(BucketRatio.of(new long[2], new long[2])).isEmpty();
        assertThatThrownBy(() -> BucketRatio.of(new long[1], new long[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsOfOneUserAreNotTakenForIndependent() {
        Random random = new Random(1);
        double clustered = 0;
        double spread = 0;
        double mean = 0;
        int runs = 400;
        List<Double> values = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            long[] clicks = new long[BUCKETS];
            long[] lists = new long[BUCKETS];
            for (int user = 0; user < 2_000; user++) {
                double rate = random.nextInt(2) * 0.2;
                int bucket = random.nextInt(BUCKETS);
                lists[bucket] += 10;
                for (int list = 0; list < 10; list++) {
                    clicks[bucket] += random.nextDouble() < rate ? 1 : 0;
                }
            }
            Estimate estimate = BucketRatio.of(clicks, lists).orElseThrow().estimate();
            clustered += estimate.variance() / runs;
            mean += estimate.value() / runs;
            values.add(estimate.value());
        }
        for (double value : values) {
            spread += (value - mean) * (value - mean) / (runs - 1);
        }
        double naive = mean * (1 - mean) / 20_000;

        assertThat(clustered / spread).isBetween(0.8, 1.25);
        assertThat(naive / spread).isLessThan(0.6);
    }

    @Test
    void cupedTakesAwayTheSquareOfTheCorrelation() {
        double correlation = 0.6;
        Random random = new Random(2);
        double reduction = 0;
        double plain = 0;
        double adjusted = 0;
        int runs = 100;
        for (int run = 0; run < runs; run++) {
            List<BucketRatio> metric = new ArrayList<>();
            List<BucketRatio> covariate = new ArrayList<>();
            for (int arm = 0; arm < 2; arm++) {
                long[] users = new long[BUCKETS];
                long[] outcome = new long[BUCKETS];
                long[] before = new long[BUCKETS];
                for (int user = 0; user < 2_000; user++) {
                    int bucket = random.nextInt(BUCKETS);
                    double usual = random.nextGaussian();
                    double own = random.nextGaussian();
                    users[bucket]++;
                    before[bucket] += Math.round(1_000 * (5 + usual));
                    double rest = Math.sqrt(1 - correlation * correlation) * own;
                    outcome[bucket] += Math.round(1_000 * (7 + correlation * usual + rest));
                }
                metric.add(BucketRatio.of(outcome, users).orElseThrow());
                covariate.add(BucketRatio.of(before, users).orElseThrow());
            }
            Cuped cuped = Cuped.of(metric, covariate);
            reduction += cuped.reduction() / runs;
            plain += Math.pow(metric.get(1).estimate().minus(metric.get(0).estimate()).value(), 2);
            adjusted += Math.pow(cuped.adjusted().get(1).minus(cuped.adjusted().get(0)).value(), 2);
        }

        assertThat(1 - reduction)
                .isCloseTo(1 - correlation * correlation, within(0.05 * (1 - 0.36)));
        assertThat(adjusted / plain).as("spread of the differences").isBetween(0.4, 0.9);
    }

    @Test
    void cupedWithoutACovariateChangesNothing() {
        BucketRatio metric =
                BucketRatio.of(new long[] {1, 2, 3}, new long[] {5, 5, 5}).orElseThrow();
        BucketRatio nothing = BucketRatio.of(new long[3], new long[] {5, 5, 5}).orElseThrow();

        Cuped cuped = Cuped.of(List.of(metric, metric), List.of(nothing, nothing));

        assertThat(cuped.adjusted()).containsExactly(metric.estimate(), metric.estimate());
        assertThat(cuped.reduction()).isZero();
    }
}
