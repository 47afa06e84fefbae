package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.recommend.ResponseAssembler.Hundredths;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HundredthsTest {
    @Test
    void theLargestRemaindersAreRoundedUp() {
        assertThat(Hundredths.of(new double[] {0.5066, 0.3067, 0.1867}))
                .containsExactly(0.5, 0.31, 0.19);
        assertThat(Hundredths.of(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}))
                .containsExactly(0.34, 0.33, 0.33);
    }

    @Test
    void aShareOfNearlyNothingIsOneHundredth() {
        assertThat(Hundredths.of(new double[] {0.997, 0.001, 0.001, 0.001}))
                .containsExactly(0.97, 0.01, 0.01, 0.01);
        assertThat(Hundredths.of(new double[] {1})).containsExactly(1);
        assertThat(Hundredths.of(new double[0])).isEmpty();
    }

    @Test
    void randomSharesSumToOneAndFall() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 10_000; round++) {
            double[] odds =
                    random.doubles(1 + random.nextInt(12)).map(x -> x * x * x + 1e-9).toArray();
            double sum = Arrays.stream(odds).sum();
            double[] shares =
                    Arrays.stream(odds)
                            .map(x -> x / sum)
                            .boxed()
                            .sorted(Comparator.reverseOrder())
                            .mapToDouble(x -> x)
                            .toArray();
            double[] rounded = Hundredths.of(shares);
            assertThat(Arrays.stream(rounded).sum()).isCloseTo(1, within(1e-9));
            for (int at = 0; at < rounded.length; at++) {
                assertThat(rounded[at]).isGreaterThanOrEqualTo(0.01);
                assertThat(at == 0 ? 1 : rounded[at - 1]).isGreaterThanOrEqualTo(rounded[at]);
            }
        }
    }
}
