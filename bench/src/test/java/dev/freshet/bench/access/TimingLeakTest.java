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
    void work_that_takes_as_long_whatever_it_is_given_tells_nothing() {
        assertThat(between(500, 500)).isBetween(-TimingLeak.SEEN, TimingLeak.SEEN);
    }

    @Test
    void a_difference_of_a_hundredth_is_seen() {
        assertThat(between(505, 500)).isGreaterThan(TimingLeak.SEEN);
        assertThat(between(500, 505)).isLessThan(-TimingLeak.SEEN);
    }

    @Test
    void the_machines_own_hiccups_are_left_out() {
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
    void welchs_t_is_the_difference_of_means_in_standard_errors() {
        assertThat(Welch.t(new double[] {1, 2, 3, 4, 5}, new double[] {2, 4, 6, 8, 10}))
                .isCloseTo(-3 / Math.sqrt(2.5), within(1e-12));
        assertThat(Welch.t(new double[] {1, 1}, new double[] {1, 1})).isZero();
    }

    @Test
    void no_wrong_key_opens() {
        KeyComparison keys =
                new KeyComparison(new SplittableRandom(1), Instant.parse("2026-01-01T00:00:00Z"));

        assertThat(keys.wrongAtOnce().opens()).isFalse();
        assertThat(keys.wrongAtLast().opens()).isFalse();
        assertThat(keys.unknown().opens()).isFalse();
    }
}
