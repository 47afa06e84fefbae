package dev.freshet.model.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NaturalLogTest {
    @Test
    void itIsTheNaturalLogarithmToNinePlaces() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            double x = Math.exp(random.nextDouble() * 80 - 40);
            assertThat(NaturalLog.of(x))
                    .isCloseTo(StrictMath.log(x), within(1e-9 * (1 + Math.abs(Math.log(x)))));
        }
    }

    @Test
    void oneHasNone() {
        assertThat(NaturalLog.of(1)).isZero();
    }
}
