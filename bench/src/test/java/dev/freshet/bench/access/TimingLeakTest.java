package dev.freshet.bench.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tests on a virtual clock, independent of the machine. */
class TimingLeakTest {
    private final Random noise = new Random(3);
    private long now;
    private final TimingLeak leak = new TimingLeak(() -> now, new SplittableRandom(5));

    /** Returns the result for work whose duration is given by the input, with noise. */
    private double between(double one, double other) {
        return leak.between(
                        (Double nanos) -> {
                            now += Math.round(nanos + 20 * noise.nextGaussian());
                            return false;
                        },
                        one,
                        other,
                        20_000)
                .t();
    }

    @Test
    void workOfConstantTimeIsNotReported() {
        assertThat(between(500, 500)).isBetween(-TimingLeak.SIGNIFICANT, TimingLeak.SIGNIFICANT);
    }

    @Test
    void aDifferenceOfOnePercentIsDetected() {
        assertThat(between(505, 500)).isGreaterThan(TimingLeak.SIGNIFICANT);
        assertThat(between(500, 505)).isLessThan(-TimingLeak.SIGNIFICANT);
    }

    @Test
    void slowOutliersAreDiscarded() {
        double t =
                leak.between(
                                (Integer nanos) -> {
                                    now += nanos + noise.nextInt(20);
                                    now += noise.nextInt(50) == 0 ? 1_000_000 : 0;
                                    return true;
                                },
                                510,
                                500,
                                20_000)
                        .t();

        assertThat(t).isGreaterThan(TimingLeak.SIGNIFICANT);
    }

    @Test
    void welchsTIsTheDifferenceOfMeansInStandardErrors() {
        assertThat(Welch.t(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10}))
                .isCloseTo(-3 / Math.sqrt(2.5), within(1e-12));
        assertThat(Welch.t(new double[] {1, 1}, new double[] {1, 1})).isZero();
    }

    @Test
    void noWrongKeyIsAccepted() {
        KeyComparison keys =
                new KeyComparison(new SplittableRandom(1), Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(keys.wrongAtOnce().matches()).isFalse();
        assertThat(keys.wrongAtLast().matches()).isFalse();
        assertThat(keys.unknown().matches()).isFalse();
    }
}
