package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FullJitterTest {
    private static final FullJitter JITTER =
            new FullJitter(Duration.ofMillis(100), Duration.ofSeconds(1));

    @Test
    void theBoundDoublesUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 6).mapToLong(JITTER::bound))
                .containsExactly(100L, 200L, 400L, 800L, 1_000L, 1_000L);
        assertThat(JITTER.bound(Integer.MAX_VALUE)).isEqualTo(1_000);
    }

    @Test
    void aDrawIsFromZeroToTheBound() {
        Random random = new Random(7);

        assertThat(IntStream.range(0, 2_000).mapToLong(_ -> JITTER.draw(2, random)))
                .allMatch(wait -> wait >= 0 && wait <= 200)
                .contains(0L, 200L);
    }

    @Test
    void aFirstBoundThatIsNotPositiveOrBeyondTheLongestIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FullJitter(Duration.ZERO, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FullJitter(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }
}
