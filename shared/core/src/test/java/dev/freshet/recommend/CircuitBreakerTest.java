package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long LASTING = CircuitBreaker.LASTING.toNanos();

    private final CircuitBreaker breaker = new CircuitBreaker();

    private void late(int times, long at) {
        for (int i = 0; i < times; i++) {
            breaker.answered(false, at);
        }
    }

    @Test
    void storesThatAreLateNowAndThenAreAsked() {
        late(CircuitBreaker.LATE_IN_A_ROW - 1, 0);
        assertThat(breaker.asks(0)).isTrue();

        breaker.answered(true, 0);
        late(CircuitBreaker.LATE_IN_A_ROW - 1, 0);

        assertThat(breaker.asks(0)).isTrue();
    }

    @Test
    void storesThatAreLateAgainAndAgainAreAskedOnceInAWhile() {
        late(CircuitBreaker.LATE_IN_A_ROW, 0);

        long asked = IntStream.range(0, 1_000).filter(i -> breaker.asks(i * LASTING / 100)).count();

        assertThat(asked).isEqualTo(9);
    }

    @Test
    void theFirstAnswerInTimeEndsIt() {
        late(CircuitBreaker.LATE_IN_A_ROW, 0);
        assertThat(breaker.asks(1)).isFalse();

        assertThat(breaker.asks(LASTING)).isTrue();
        breaker.answered(true, LASTING);

        assertThat(breaker.asks(LASTING + 1)).isTrue();
    }

    @Test
    void connectionsThatOpenedTooLateAreTriedAtOnce() {
        late(CircuitBreaker.LATE_IN_A_ROW, 0);
        assertThat(breaker.asks(LASTING)).isTrue();
        breaker.answered(false, LASTING);
        assertThat(breaker.asks(LASTING + 1)).isFalse();

        breaker.succeededLate(LASTING + 2);

        assertThat(breaker.asks(LASTING + 2)).isTrue();
        assertThat(breaker.asks(LASTING + 3)).isFalse();
    }

    @Test
    void storesThatAreSlowOverOpenConnectionsAreNotTriedAtOnceAgain() {
        late(CircuitBreaker.LATE_IN_A_ROW, 0);
        breaker.asks(LASTING);
        breaker.answered(false, LASTING);
        breaker.succeededLate(LASTING + 1);
        breaker.asks(LASTING + 1);
        breaker.answered(false, LASTING + 1);

        breaker.succeededLate(LASTING + 2);

        assertThat(breaker.asks(LASTING + 2)).isFalse();
        assertThat(breaker.asks(2 * LASTING + 1)).isTrue();
    }
}
