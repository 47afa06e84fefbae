package dev.freshet.bench.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** On a clock that is made up, so that what is found depends on no machine. */
class TimingLeakTest {
    private final Random noise = new Random(3);
    private long now;
    private final TimingLeak leak = new TimingLeak(() -> now, new SplittableRandom(5));

    /** The work takes as long as the input says, more or less. */
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
    void workThatTakesAsLongWhateverItIsGivenReportsNothing() {
        assertThat(between(500, 500)).isBetween(-TimingLeak.SEEN, TimingLeak.SEEN);
    }

    @Test
    void aDifferenceOfAHundredthIsSeen() {
        assertThat(between(505, 500)).isGreaterThan(TimingLeak.SEEN);
        assertThat(between(500, 505)).isLessThan(-TimingLeak.SEEN);
    }

    @Test
    void theMachinesOwnHiccupsAreLeftOut() {
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

        assertThat(t).isGreaterThan(TimingLeak.SEEN);
    }

    @Test
    void welchsTIsTheDifferenceOfMeansInStandardErrors() {
        assertThat(Welch.t(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10}))
                .isCloseTo(-3 / Math.sqrt(2.5), within(1e-12));
        assertThat(Welch.t(new double[] {1, 1}, new double[] {1, 1})).isZero();
    }

    @Test
    void noWrongKeyOpens() {
        KeyComparison keys =
                new KeyComparison(new SplittableRandom(1), Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(keys.wrongAtOnce().opens()).isFalse();
        assertThat(keys.wrongAtLast().opens()).isFalse();
        assertThat(keys.unknown().opens()).isFalse();
    }
}
