package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static void assertRefused(String sentence, String... arguments) {
        assertThatThrownBy(() -> Arguments.of(arguments))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithASentence() {
        assertRefused("'--windw' is no argument", "--windw", "3");
        assertRefused("--out needs a value", "--folder", "lake", "--out");
        assertRefused("--out is given twice", "--folder", "a", "--out", "b", "--out", "c");
        assertRefused("either --folder or --database", "--out", "b");
        assertRefused("either --folder or --database", "--folder", "a", "--database", "b");
        assertRefused("--out names the file", "--folder", "a");
        Arguments some = Arguments.of("--folder", "a", "--out", "b", "--window", "many");
        assertThatThrownBy(() -> some.number("--window", 1))
                .hasMessageContaining("whole number, not 'many'");
        assertThat(some.number("--people", 3)).isEqualTo(3);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new PairWeights(1, 1, 3)).hasMessageContaining("--history");
        assertThatThrownBy(() -> new PairWeights(10, 11, 3)).hasMessageContaining("--window");
        assertThatThrownBy(() -> new PairWeights(10, 5, 1)).hasMessageContaining("--people");
    }
}
