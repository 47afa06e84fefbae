package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GammaFunctionsTest {
    @Test
    void ofWholeNumbersItIsTheFactorial() {
        double factorial = 0;
        for (int n = 1; n <= 170; n++) {
            assertThat(GammaFunctions.lnGamma(n))
                    .isCloseTo(factorial, within(1e-12 * Math.max(1, factorial)));
            factorial += Math.log(n);
        }
    }

    @Test
    void ofHalvesItIsTheRootOfPi() {
        double value = Math.log(Math.PI) / 2;
        for (double x = 0.5; x < 100; x++) {
            assertThat(GammaFunctions.lnGamma(x))
                    .isCloseTo(value, within(1e-12 * Math.max(1, Math.abs(value))));
            value += Math.log(x);
        }
    }

    @Test
    void belowOneHalfItFollowsTheRecurrence() {
        for (double x : new double[] {1e-6, 0.01, 0.1, 0.25, 0.49}) {
            assertThat(GammaFunctions.lnGamma(x) + Math.log(x))
                    .isCloseTo(GammaFunctions.lnGamma(x + 1), within(1e-12));
        }
    }

    @Test
    void ofLargeNumbersItIsTheSeriesOfStirling() {
        for (double x : new double[] {1e3, 1e5, 1e7}) {
            double stirling =
                    (x - 0.5) * Math.log(x)
                            - x
                            + Math.log(2 * Math.PI) / 2
                            + 1 / (12 * x)
                            - 1 / (360 * x * x * x);
            assertThat(GammaFunctions.lnGamma(x)).isCloseTo(stirling, within(1e-13 * stirling));
        }
    }

    @Test
    void theIncompleteFunctionOfWholeNumbersIsPoissons() {
        for (double mean : new double[] {0.5, 3, 20}) {
            double term = Math.exp(-mean);
            double below = 0;
            for (int n = 1; n < 60; n++) {
                below += term;
                term *= mean / n;
                assertThat(GammaFunctions.upperGamma(n, mean)).isCloseTo(below, within(1e-13));
            }
        }
    }
}
