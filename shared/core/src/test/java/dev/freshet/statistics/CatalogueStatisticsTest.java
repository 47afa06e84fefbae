package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.statistics.DemandRatio.Market;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The statistics of the catalogue against figures that were reckoned by hand. */
class CatalogueStatisticsTest {
    @Test
    void aShareOfDemandOverAShareOfSupply() {
        DemandRatio ratio = new Market(100, 1_000, 10, 1.5).of(10, 300);

        double x = Math.log(300.5 / 1_005) - Math.log(10.5 / 105);
        double error = Math.sqrt(1.5 / 300.5 + 1 / 10.5);
        assertThat(ratio.times()).isCloseTo(Math.exp(x), within(1e-12));
        assertThat(ratio.interval().low()).isCloseTo(Math.exp(x - 1.959964 * error), within(1e-9));
        assertThat(ratio.interval().high()).isCloseTo(Math.exp(x + 1.959964 * error), within(1e-9));
    }

    @Test
    void nothingOfEitherStaysFinite() {
        assertThat(new Market(0, 0, 1, 1).of(0, 0).times()).isEqualTo(1);
    }

    @Test
    void overdispersionIsTheMedianAndAtLeastOne() {
        double[][] daily = {{10, 100, 10, 100}, {20, 200, 20, 200}};
        double[][] wild = {{5, 5, 5, 5}, {0, 20, 0, 20}};

        assertThat(DemandRatio.overdispersion(new double[][] {})).isEqualTo(1);
        assertThat(DemandRatio.overdispersion(new double[][] {{0, 7}, {0, 3}})).isEqualTo(1);
        assertThat(DemandRatio.overdispersion(new double[][] {{4, 9}})).isEqualTo(1);
        assertThat(DemandRatio.overdispersion(daily)).isEqualTo(1);
        // a third of 5 and of 25: twice (10/3)² / (5 · 2/9) and (10/3)² / (25 · 2/9), over 3
        assertThat(DemandRatio.overdispersion(wild)).isCloseTo(8, within(1e-9));
    }

    @Test
    void aTrendIsTheDistanceFromWhatAllOthersLetExpect() {
        TrendScore score = TrendScore.of(60, 10, 7, 2, 1.5);

        assertThat(score.ratio()).isCloseTo(60.5 / 20.5, within(1e-12));
        assertThat(score.z())
                .isCloseTo(40 / Math.sqrt(1.5 * 20 * (1 + 2 / 7.0) + 1), within(1e-12));
        assertThat(score.p()).isBetween(0.0, 1e-6);
        assertThat(TrendScore.of(20, 10, 7, 2, 1).p()).isEqualTo(1);
    }

    @Test
    void smallChangesAreNotListedHoweverSureTheyAre() {
        TrendScore[] scores = {
            TrendScore.of(14_000, 10_000, 7, 1, 1),
            TrendScore.of(30_000, 10_000, 7, 1, 1),
            TrendScore.of(2_000, 10_000, 7, 1, 1),
            TrendScore.of(10, 10, 7, 1, 1)
        };

        assertThat(TrendScore.listed(scores)).containsExactly(false, true, true, false);
    }

    @Test
    void discoveriesAreThoseOfBenjaminiAndHochberg() {
        // the example of their paper, table 1, at 0.05: four of fifteen
        double[] p = {
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0
        };
        boolean[] rejected = FalseDiscovery.ofChances(p, 0.05);

        int count = 0;
        for (boolean one : rejected) {
            count += one ? 1 : 0;
        }
        assertThat(count).isEqualTo(4);
        assertThat(Arrays.copyOf(rejected, 4)).containsOnly(true);
        assertThat(FalseDiscovery.ofChances(new double[0], 0.1)).isEmpty();
        assertThat(FalseDiscovery.ofChances(new double[] {0.5, 0.9}, 0.1)).containsOnly(false);
    }

    @Test
    void wilsonsIntervalIsThatOfTheLiterature() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29
        assertWilson(81, 263, 0.2553, 0.3662);
        assertWilson(15, 148, 0.0624, 0.1605);
        assertWilson(0, 20, 0, 0.1611);
        assertWilson(1, 29, 0.0061, 0.1718);
        assertThatIllegalArgumentException().isThrownBy(() -> ConfidenceInterval.wilson(1, 0));
        assertThat(ConfidenceInterval.wilson(5, 2).high()).isEqualTo(1);
    }

    private static void assertWilson(double of, double trials, double low, double high) {
        assertThat(ConfidenceInterval.wilson(of, trials).low()).isCloseTo(low, within(5e-5));
        assertThat(ConfidenceInterval.wilson(of, trials).high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void concentrationIsZeroWhereAllHaveAsMuch() {
        double[] one = new double[100];
        one[42] = 7;

        assertThat(Concentration.gini(new double[] {3, 3, 3})).isCloseTo(0, within(1e-12));
        assertThat(Concentration.gini(one)).isCloseTo(0.99, within(1e-12));
        assertThat(Concentration.gini(new double[] {1, 2, 3, 4})).isCloseTo(0.25, within(1e-12));
        assertThat(Concentration.gini(new double[0])).isZero();
        assertThat(Concentration.topShare(one, 0.01)).isEqualTo(1);
        assertThat(Concentration.topShare(new double[] {1, 2, 3, 4}, 0.01)).isEqualTo(0.4);
        assertThat(Concentration.topShare(new double[] {0, 0}, 0.01)).isZero();
    }
}
