package dev.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TemperaturesTest {
    private static Temperatures read(String text) {
        return Temperatures.parse(text).orElseThrow();
    }

    @Test
    void oneNumberHoldsForAllPlacements() {
        assertThat(read("15").of("home")).isEqualTo(0.15);
        assertThat(read("15").of("")).isEqualTo(0.15);
        assertThat(read("0")).isEqualTo(Temperatures.NONE);
    }

    @Test
    void aNamedPlacementHasItsOwn() {
        Temperatures temperatures = read("home=15,article=0,5");

        assertThat(temperatures.of("home")).isEqualTo(0.15);
        assertThat(temperatures.of("article")).isZero();
        assertThat(temperatures.of("basket")).isEqualTo(0.05);
    }

    @Test
    void withoutANumberForOtherPlacementsTheirListsAreNotDrawn() {
        assertThat(read("home=100").of("home")).isEqualTo(1);
        assertThat(read("home=100").of("article")).isZero();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String text : new String[] {"0", "15", "home=15", "5,article=0,home=15"}) {
            assertThat(read(text)).hasToString(text);
        }
    }

    @Test
    void anythingElseIsRefused() {
        for (String text :
                new String[] {
                    "",
                    "101",
                    "home=101",
                    "home=",
                    "=5",
                    "-1",
                    "1.5",
                    "home",
                    "home=1,home=2",
                    "1,2",
                    "home=1,",
                    "my home=1",
                    "a".repeat(65) + "=1"
                }) {
            assertThat(Temperatures.parse(text)).as(text).isEmpty();
        }
        assertThat(Temperatures.parse(placements(Temperatures.MAX_PLACEMENTS))).isPresent();
        assertThat(Temperatures.parse(placements(Temperatures.MAX_PLACEMENTS + 1))).isEmpty();
    }

    private static String placements(int count) {
        return IntStream.range(0, count)
                .mapToObj(at -> "p" + at + "=1")
                .collect(Collectors.joining(","));
    }
}
