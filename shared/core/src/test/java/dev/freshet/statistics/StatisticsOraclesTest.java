package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Figures that other implementations of the same methods publish in their tests. */
class StatisticsOraclesTest {
    private static final Offset<Double> FIVE_DIGITS = within(5.1e-6);

    /** Two samples of GrowthBook's tests: sum, sum of squares, size. */
    private static final Sample A = new Sample(1396.87, 52377.9767, 3407);

    private static final Sample B = new Sample(2422.7, 134698.29, 3461);

    private record Sample(double sum, double squares, double size) {
        Estimate mean() {
            double variance = (squares - sum * sum / size) / (size - 1);
            return new Estimate(sum / size, variance / size);
        }
    }

    /** The degrees of freedom of Welch and Satterthwaite. */
    private static StudentDistribution welch(Sample one, Sample other) {
        double first = one.mean().variance();
        double second = other.mean().variance();
        return new StudentDistribution(
                (first + second)
                        * (first + second)
                        / (first * first / (one.size() - 1)
                                + second * second / (other.size() - 1)));
    }

    /** The relative lift by the delta method, as GrowthBook has it. */
    private static Estimate relative(Estimate arm, Estimate control) {
        double ratio = arm.value() / control.value();
        return new Estimate(
                ratio - 1,
                (arm.variance() + ratio * ratio * control.variance())
                        / (control.value() * control.value()));
    }

    /** The usual interval at a single look, at 95 %. */
    private static ConfidenceInterval atOneLook(
            Estimate estimate, StudentDistribution distribution) {
        return ConfidenceInterval.around(
                estimate.value(), distribution.distance(0.05) * estimate.error());
    }

    private static void assertInterval(ConfidenceInterval interval, double low, double high) {
        assertThat(interval.low()).isCloseTo(low, FIVE_DIGITS);
        assertThat(interval.high()).isCloseTo(high, FIVE_DIGITS);
    }

    @Test
    void anAbsoluteDifferenceAtOneLookEqualsGrowthBooks() {
        Estimate difference = B.mean().minus(A.mean());
        StudentDistribution welch = welch(A, B);

        assertThat(difference.value()).isCloseTo(0.29, within(5e-6));
        assertThat(difference.error()).isCloseTo(0.12478, FIVE_DIGITS);
        assertInterval(atOneLook(difference, welch), 0.04538, 0.53462);
        assertThat(welch.bothTails(difference.standardised())).isCloseTo(0.02016, FIVE_DIGITS);
    }

    @Test
    void aRelativeDifferenceAtOneLookEqualsGrowthBooks() {
        Estimate lift = relative(B.mean(), A.mean());
        StudentDistribution welch = welch(A, B);

        assertThat(lift.value()).isCloseTo(0.70732, FIVE_DIGITS);
        assertThat(lift.error()).isCloseTo(0.37879, FIVE_DIGITS);
        assertInterval(atOneLook(lift, welch), -0.03526, 1.44989);
        assertThat(welch.bothTails(lift.standardised())).isCloseTo(0.06191, FIVE_DIGITS);
    }

    @Test
    void aConfidenceSequenceOfARelativeDifferenceEqualsGrowthBooks() {
        Sample fewer = new Sample(A.sum(), A.squares(), 3000);
        Estimate lift = relative(B.mean(), fewer.mean());
        double users = 3000 + 3461;

        assertThat(lift.value()).isCloseTo(0.50336, FIVE_DIGITS);
        assertThat(lift.error()).isCloseTo(0.33341, FIVE_DIGITS);
        assertInterval(
                new ConfidenceSequence(0.05, 1_000).interval(lift, users), -0.55844, 1.56516);
        assertInterval(
                new ConfidenceSequence(0.05, 5_000).interval(lift, users), -0.50972, 1.51644);
    }

    @Test
    void aConfidenceSequenceOfProportionsEqualsGrowthBooks() {
        Estimate lift = relative(proportion(2422, 3461), proportion(1396, 3000));

        assertThat(lift.value()).isCloseTo(0.50386, FIVE_DIGITS);
        assertInterval(
                new ConfidenceSequence(0.05, 5_000).interval(lift, 3000 + 3461), 0.40098, 0.60675);
    }

    private static Estimate proportion(double successes, double size) {
        double share = successes / size;
        return new Estimate(share, share * (1 - share) / size);
    }

    @Test
    void chiSquareOfASplitEqualsGrowthBooks() {
        double[] half = {0.5, 0.5};
        assertThat(SampleRatio.chiSquareP(new long[] {1000, 1200}, half))
                .isCloseTo(.000020079, within(5.1e-10));
        assertThat(SampleRatio.chiSquareP(new long[] {135, 115}, half))
                .isCloseTo(.205903211, within(5.1e-10));
        assertThat(SampleRatio.chiSquareP(new long[] {310, 98}, new double[] {.75, .25}))
                .isCloseTo(.647434186, within(5.1e-10));
        assertThat(SampleRatio.chiSquareP(new long[] {500, 500, 600}, new double[] {.34, .33, .33}))
                .isCloseTo(.000592638, within(5.1e-10));
    }

    @Test
    void theNormalMixtureEqualsConfseqs() {
        ConfidenceSequence sequence = new ConfidenceSequence(0.05, 100);

        assertThat(sequence.logE(10 / Math.sqrt(100), 100)).isCloseTo(-.6510052, within(5.1e-8));
        assertThat(sequence.halfWidth(Math.sqrt(100), 100)).isCloseTo(30.35209, FIVE_DIGITS);
    }

    @Test
    void likelihoodsOfASplitEqualSsrms() {
        double[] flat = {1, 1, 1};
        double[] marginal = {-1.0986123, -2.4849066, -3.4011974, -4.4998097, -6.4457198};
        int[] arms = {0, 1, 0, 1, 2};
        long[] counts = new long[3];
        for (int user = 0; user < arms.length; user++) {
            counts[arms[user]]++;
            assertThat(SampleRatio.logMarginal(counts, flat))
                    .isCloseTo(marginal[user], within(5.1e-8));
        }
        assertThat(SampleRatio.logLikelihood(counts, new double[] {.4, .4, .2}))
                .isCloseTo(-5.2746008, within(5.1e-8));
    }

    @Test
    void evidenceAgainstASplitIsAsComputedByHand() {
        double[] half = {.5, .5};
        assertThat(SampleRatio.logE(new long[] {1000, 1200}, half))
                .isCloseTo(5.6743, within(5.1e-5));
        assertThat(SampleRatio.logE(new long[] {5200, 4800}, half))
                .isCloseTo(6.0758, within(5.1e-5));
        assertThat(SampleRatio.logE(new long[] {50_900, 49_100}, half))
                .isCloseTo(13.7328, within(5.1e-5));
        assertThat(SampleRatio.alarms(new long[] {5200, 4800}, half)).isFalse();
        assertThat(SampleRatio.alarms(new long[] {50_900, 49_100}, half)).isTrue();
    }
}
