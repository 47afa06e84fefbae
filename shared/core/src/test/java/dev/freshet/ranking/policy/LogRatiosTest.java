package dev.freshet.ranking.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.ranking.policy.Pool.FixedPool;
import dev.freshet.ranking.policy.Softmax.Draw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of two of four items, all of which are enumerated. */
class LogRatiosTest {
    private static final double[] LOGGED = {0.9, 0.7, 0.4, 0.1};
    private static final double[] OTHER = {0.2, 0.8, 0.1, 0.6};
    private static final double TEMPERATURE = 0.4;
    private static final double OTHER_TEMPERATURE = 0.25;

    /** Probability of an item given the one above, from the definition of the policy. */
    private static double probability(double[] worth, double temperature, int above, int item) {
        double mean = Arrays.stream(worth).average().orElseThrow();
        double variance =
                Arrays.stream(worth)
                        .map(one -> (one - mean) * (one - mean))
                        .average()
                        .orElseThrow();
        double scale = temperature * Math.sqrt(variance);
        double sum = 0;
        for (int other = 0; other < worth.length; other++) {
            sum += other == above ? 0 : Math.exp(worth[other] / scale);
        }
        return item == above ? 0 : Math.exp(worth[item] / scale) / sum;
    }

    private static List<Draw> list(int first, int second) {
        return List.of(
                new Draw(first, probability(LOGGED, TEMPERATURE, -1, first)),
                new Draw(second, probability(LOGGED, TEMPERATURE, first, second)));
    }

    private static List<List<Draw>> everyList() {
        List<List<Draw>> all = new ArrayList<>();
        for (int first = 0; first < LOGGED.length; first++) {
            for (int second = 0; second < LOGGED.length; second++) {
                if (second != first) {
                    all.add(list(first, second));
                }
            }
        }
        return all;
    }

    private static double[] ratios(double[] worth, double temperature, List<Draw> list) {
        return LogRatios.of(temperature, new FixedPool(worth), list, place -> true);
    }

    @Test
    void ratiosAreThoseOfTheProbabilitiesGivenThePlacesAbove() {
        for (List<Draw> list : everyList()) {
            int first = list.getFirst().index();
            int second = list.getLast().index();
            double upper = probability(OTHER, OTHER_TEMPERATURE, -1, first);
            double lower = probability(OTHER, OTHER_TEMPERATURE, first, second);

            double[] ratios = ratios(OTHER, OTHER_TEMPERATURE, list);

            assertThat(ratios[0])
                    .isCloseTo(Math.log(upper / list.getFirst().probability()), within(1e-12));
            assertThat(ratios[1])
                    .isCloseTo(Math.log(lower / list.getLast().probability()), within(1e-12));
        }
    }

    @Test
    void theWeightOfEveryPlaceHasAnExpectationOfOne() {
        double upper = 0;
        double both = 0;
        for (List<Draw> list : everyList()) {
            double[] ratios = ratios(OTHER, OTHER_TEMPERATURE, list);
            double chance = list.getFirst().probability() * list.getLast().probability();
            upper += chance * Math.exp(ratios[0]);
            both += chance * Math.exp(ratios[0] + ratios[1]);
        }

        assertThat(upper).isCloseTo(1, within(1e-12));
        assertThat(both).isCloseTo(1, within(1e-12));
    }

    @Test
    void thePolicyItselfHasRatiosOfZero() {
        for (List<Draw> list : everyList()) {
            for (double ratio : ratios(LOGGED, TEMPERATURE, list)) {
                assertThat(ratio).isCloseTo(0, within(1e-12));
            }
        }
    }

    @Test
    void aPolicyWithoutTemperatureIsEvaluatedAtTheLeastOne() {
        List<Draw> list = list(2, 1);

        assertThat(ratios(OTHER, 0, list))
                .isEqualTo(ratios(OTHER, LogRatios.LEAST_TEMPERATURE, list));
    }

    @Test
    void aPlaceThatWasNotDrawnFromThePoolChangesNoWeightAndIsPlaced() {
        List<Draw> list = list(2, 1);

        double[] ratios =
                LogRatios.of(OTHER_TEMPERATURE, new FixedPool(OTHER), list, place -> place != 0);

        assertThat(ratios[0]).isEqualTo(0);
        assertThat(ratios[1]).isEqualTo(ratios(OTHER, OTHER_TEMPERATURE, list)[1]);
    }

    @Test
    void whatTheOtherPolicyCannotDrawHasNoWeight() {
        FixedPool without = new FixedPool(OTHER);
        without.place(1);

        double[] ratios = LogRatios.of(OTHER_TEMPERATURE, without, list(0, 1), place -> true);

        assertThat(ratios[0]).isFinite();
        assertThat(ratios[1]).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void oneThatCouldDrawNothingHasNoWeightEither() {
        FixedPool nothing = new FixedPool(OTHER);
        for (int item = 0; item < OTHER.length; item++) {
            nothing.place(item);
        }

        assertThat(LogRatios.of(OTHER_TEMPERATURE, nothing, list(0, 1), place -> true))
                .containsOnly(Double.NEGATIVE_INFINITY);
    }

    @Test
    void theProbabilitiesOfThePoolAddUpToOneHoweverSmallTheTemperature() {
        for (double temperature : new double[] {1e-3, LogRatios.LEAST_TEMPERATURE, 1}) {
            double sum = 0;
            for (int item = 0; item < OTHER.length; item++) {
                sum += Math.exp(ratios(OTHER, temperature, List.of(new Draw(item, 1)))[0]);
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }
}
