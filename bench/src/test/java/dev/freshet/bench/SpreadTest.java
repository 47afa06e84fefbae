package dev.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void the_median_of_an_odd_number_is_the_one_in_the_middle() {
        assertThat(Spread.of(millis(900, 100, 300))).isEqualTo(new Spread(300, 100, 900));
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(Spread.of(millis(400, 100, 200, 900))).isEqualTo(new Spread(300, 100, 900));
    }

    @Test
    void one_time_is_all_of_its_spread() {
        assertThat(Spread.of(millis(70)).toJson().toString())
                .isEqualTo("{\"median\":70,\"min\":70,\"max\":70}");
    }

    @Test
    void no_times_have_no_spread() {
        assertThatIllegalArgumentException().isThrownBy(() -> Spread.of(List.of()));
    }

    private static List<Duration> millis(long... times) {
        return LongStream.of(times).mapToObj(Duration::ofMillis).toList();
    }
}
