package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Spread.of(millis(900, 100, 300))).isEqualTo(new Spread(300, 100, 900));
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Spread.of(millis(400, 100, 200, 900))).isEqualTo(new Spread(300, 100, 900));
    }

    @Test
    void oneTimeIsAllOfItsSpread() {
        assertThat(Spread.of(millis(70))).isEqualTo(new Spread(70, 70, 70));
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(Stream.of()));
    }

    private static Stream<Duration> millis(long... times) {
        return LongStream.of(times).mapToObj(Duration::ofMillis);
    }
}
