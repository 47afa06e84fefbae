package dev.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static void assertRefused(String sentence, String... arguments) {
        assertThatThrownBy(() -> Main.job(List.of(arguments), Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void whatIsNotUnderstoodIsRefusedWithASentence() {
        assertRefused("'pairs' is no job; there are 'neighbours' and 'factors'", "pairs");
        assertRefused("'--windw' is no argument", "neighbours", "--windw", "3");
        assertRefused("--out needs a value", "neighbours", "--folder", "lake", "--out");
        assertRefused("--folder is given twice", "factors", "--folder", "a", "--folder", "c");
        assertRefused("either --folder or --database", "neighbours", "--out", "b");
        assertRefused(
                "either --folder or --database", "factors", "--folder", "a", "--database", "b");
        assertRefused("--out names the file", "neighbours", "--folder", "a");
        assertRefused("'--out' is no argument", "factors", "--folder", "a", "--out", "b");
        assertRefused("--rank must be a whole number", "factors", "--folder", "a", "--rank", "x");
        assertRefused("must be a number", "factors", "--folder", "a", "--confidence", "high");
        assertRefused("--job must be 1 to 64", "factors", "--folder", "a", "--job", "../x");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        String[] neighbours = {"neighbours", "--folder", "a", "--out", "b", "--history", "10"};
        assertRefused("--window must be 1 to --history", with(neighbours, "--window", "11"));
        assertRefused(
                "--people must be 2 or more", with(neighbours, "--window", "5", "--people", "1"));
        String[] factors = {"factors", "--folder", "a"};
        assertRefused("--rank must be 16 to 32, not 33", with(factors, "--rank", "33"));
        assertRefused("--rounds must be 1 to 50", with(factors, "--rounds", "0"));
        assertRefused("--regularisation must be above 0", with(factors, "--regularisation", "0"));
        assertRefused("--confidence must be above 0", with(factors, "--confidence", "NaN"));
        assertRefused("--history must be 2", with(factors, "--history", "1"));
        assertRefused("--people must be 3", with(factors, "--people", "2"));
        assertThat(Main.job(List.of(with(factors, "--rank", "16")), Instant.EPOCH)).isNotNull();
    }

    private static String[] with(String[] some, String... others) {
        return Stream.of(some, others).flatMap(Arrays::stream).toArray(String[]::new);
    }
}
