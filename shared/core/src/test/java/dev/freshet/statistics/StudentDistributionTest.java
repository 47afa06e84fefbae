package dev.freshet.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StudentDistributionTest {
    @Test
    void quantilesAreThoseOfTables() {
        assertThat(new StudentDistribution(1).distance(.05)).isCloseTo(12.7062, within(5e-5));
        assertThat(new StudentDistribution(10).distance(.05)).isCloseTo(2.228139, within(5e-7));
        assertThat(new StudentDistribution(100).distance(.01)).isCloseTo(2.625891, within(5e-7));
        assertThat(StudentDistribution.NORMAL.distance(.05)).isCloseTo(1.959964, within(5e-7));
        assertThat(StudentDistribution.NORMAL.distance(.0027)).isCloseTo(2.999977, within(5e-7));
    }

    @Test
    void oneDegreeIsTheCauchyDistribution() {
        for (double t : new double[] {0, 0.1, 1, 7, 1000}) {
            assertThat(new StudentDistribution(1).bothTails(t))
                    .isCloseTo(1 - 2 * Math.atan(t) / Math.PI, within(1e-13));
        }
    }

    @Test
    void manyDegreesAreNearlyTheNormalDistribution() {
        assertThat(new StudentDistribution(1e7).bothTails(2))
                .isCloseTo(StudentDistribution.NORMAL.bothTails(2), within(1e-7));
    }
}
