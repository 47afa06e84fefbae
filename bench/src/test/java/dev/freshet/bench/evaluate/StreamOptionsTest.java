package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.console.CommandException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamOptionsTest {
    /** One event a minute from 1700000000 on, which is 22:13:20. */
    private static final List<Step> STEPS = Toy.views("ann:a", "bob:a", "ann:b", "bob:b").steps();

    @ParameterizedTest
    @CsvSource({
        "0.75, 3",
        ".25, 1",
        "2023-11-14, 0",
        "2023-11-15, 4",
        "2023-11-14T22:15:20Z, 2",
        "1700000120, 2",
        "1700000121, 3"
    })
    void whatWasBeforeAShareADateATimeOrASecondIsLearned(String point, int before) {
        assertThat(StreamOptions.begin(point, STEPS)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "0.0", "1", "-0.2", "yesterday", "NaN", "2023-13-01", "0.8x"})
    void anythingElseIsRefused(String point) {
        assertThatThrownBy(() -> StreamOptions.begin(point, STEPS))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'" + point + "' is neither a share");
    }
}
