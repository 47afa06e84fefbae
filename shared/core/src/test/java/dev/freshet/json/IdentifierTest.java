package dev.freshet.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IdentifierTest {
    static Stream<Arguments> texts() {
        List<Identifier> all = List.of(Identifier.values());
        return Stream.of(
                        rows(
                                all,
                                "a",
                                "item 7 / \u00fc \ud83d\ude00",
                                "...",
                                "x".repeat(128),
                                "Alias"),
                        rows(List.of(Identifier.ANY), "alias"),
                        rows(List.of(), ".", "..", " ", "\u3000", "", "x".repeat(129), "a\nb"),
                        rows(List.of(), "a\u0000", "a\u009f", "a\ud800", "\udc00a"))
                .flatMap(Function.identity());
    }

    private static Stream<Arguments> rows(List<Identifier> accepting, String... texts) {
        return Stream.of(texts).map(text -> Arguments.of(text, accepting));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyIdCanBeNamedByAPath(String text, List<Identifier> accepting) {
        assertThat(Arrays.stream(Identifier.values()).filter(rule -> rule.accepts(text)))
                .containsExactlyElementsOf(accepting);
    }

    @Test
    void textRulesDifferInControlCharactersOnly() {
        assertThat(TextRule.values()).allMatch(rule -> rule.accepts("\ud83d\ude00 text"));
        assertThat(TextRule.values()).noneMatch(rule -> rule.accepts("a\ud83d"));
        assertThat(Arrays.stream(TextRule.values()).filter(rule -> rule.accepts("two\r\n\tlines")))
                .containsExactly(TextRule.WELL_FORMED, TextRule.MULTI_LINE);
        assertThat(Arrays.stream(TextRule.values()).filter(rule -> rule.accepts("a\u0007")))
                .containsExactly(TextRule.WELL_FORMED);
    }
}
