package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bench.evaluate.Plan.SplitPoint;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPointTest {
    @Test
    void sharesDatesTimesAndSecondsAreRead() {
        assertThat(SplitPoint.parse("0.8")).isEqualTo(new SplitPoint.Share(0.8));
        assertThat(SplitPoint.parse(".25")).isEqualTo(new SplitPoint.Share(0.25));
        Instant day = Instant.parse("2023-11-14T00:00:00Z");
        assertThat(SplitPoint.parse("2023-11-14")).isEqualTo(new SplitPoint.At(day));
        Instant time = Instant.parse("2023-11-14T22:15:00Z");
        assertThat(SplitPoint.parse("2023-11-14T22:15:00Z")).isEqualTo(new SplitPoint.At(time));
        assertThat(SplitPoint.parse("1700000100")).isEqualTo(new SplitPoint.At(time));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "0.0", "1", "-0.2", "yesterday", "NaN", "2023-13-01", "0.8x"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> SplitPoint.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is neither a share");
    }

    @Test
    void whatWasBeforeIsLearned() {
        Trace trace = Toy.views("ann:a", "bob:a", "ann:b", "bob:b");

        assertThat(new SplitPoint.Share(0.75).of(trace.steps())).isEqualTo(3);
        // One event a minute from 1700000000 on.
        assertThat(SplitPoint.parse("1700000120").of(trace.steps())).isEqualTo(2);
        assertThat(SplitPoint.parse("1700000121").of(trace.steps())).isEqualTo(3);
    }
}
